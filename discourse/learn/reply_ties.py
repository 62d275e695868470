"""Features of pairs of posts that tell of the other links: what was answered already, who answers back.

Links that the page states count fully, guesses by their share: an exchange explains both of its sides.
"""

import numpy as np

from discourse.learn.reply_speech import Floats, Talk, sum_before

_FAINT = 0.01  # shares below it are left out


def tie_features(talk: Talk, shares: Floats) -> dict[str, Floats]:
    """Measure each pair against all other links; `shares` are the first guesses, one a pair."""
    i, j, a, authors = talk.post, talk.earlier, talk.author, talk.authors
    stated = [(place, target) for place, target in sorted(talk.known.items()) if target is not None]
    told = np.array(stated, dtype=np.int64).reshape(-1, 2)
    kept = shares >= _FAINT
    x = np.concatenate([told[:, 0], i[kept]])
    y = np.concatenate([told[:, 1], j[kept]])
    w = np.concatenate([np.ones(len(told)), shares[kept]])
    answers = np.bincount(y, w, minlength=talk.size)
    before = sum_before(y, x, w, j, i)
    by_me_before = sum_before(y * authors + a[x], x, w, j * authors + a[i], i)
    by_author = np.bincount(y * authors + a[x], w, minlength=talk.size * authors)
    to_author = np.bincount(x * authors + a[y], w, minlength=talk.size * authors)
    to_anyone = np.bincount(x, w, minlength=talk.size)
    to_me = to_author[j * authors + a[i]]
    pending = to_me * (1 - np.minimum(by_me_before, 1))
    i_to_them = sum_before(a[x] * authors + a[y], x, w, a[i] * authors + a[j], i)
    they_to_me = sum_before(a[x] * authors + a[y], x, w, a[j] * authors + a[i], i)
    both = np.bincount(a[x] * authors + a[y], w, minlength=authors * authors)
    later_mine = both[a[i] * authors + a[j]] - i_to_them - to_author[i * authors + a[j]]
    later_theirs = both[a[j] * authors + a[i]] - they_to_me
    logs = np.log(shares + 1e-3)
    return {
        "answered": before,
        "answered_by_me": by_me_before,
        "answered_by_me_later": by_author[j * authors + a[i]] - by_me_before - shares,
        "answered_later": answers[j] - before - shares,
        "to_me": to_me,
        "pending": pending,
        "pending_gap": pending - talk.best(pending),
        "to_others": to_anyone[j] - to_me,
        "they_answer_it": by_author[i * authors + a[j]],
        "it_is_answered": answers[i],
        "i_to_them": np.log1p(i_to_them),
        "they_to_me": np.log1p(they_to_me),
        "i_to_them_share": i_to_them / np.maximum(sum_before(a[x], x, w, a[i], i), 1),
        "later_between_us": np.log1p(np.maximum(later_mine, 0) + np.maximum(later_theirs, 0)),
        "share": logs,
        "share_gap": logs - talk.best(logs),
        "share_rank": np.minimum(talk.rank(shares), 12),
    }
