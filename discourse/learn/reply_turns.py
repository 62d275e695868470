"""Features of pairs of posts that tell of turns: who spoke when, and after whom; what a post is like."""

from functools import cached_property

import numpy as np
from msgspec import Struct

from discourse.learn.reply_speech import FAR, Floats, Ints, Talk, sum_before

_NEAR = 20  # posts around the answer in which two people take turns


class Places(Struct, frozen=True, dict=True):
    """Where each author's posts stand, for counting in constant time."""

    talk: Talk

    @cached_property
    def _ordered(self) -> Ints:
        width = self.talk.size + 1
        return np.sort(self.talk.author * width + np.arange(self.talk.size))

    def count(self, author: Ints, place: Ints) -> Ints:
        """Count an author's posts before a place."""
        width = self.talk.size + 1
        ordered = self._ordered
        first = np.searchsorted(ordered, author * width)
        found: Ints = np.searchsorted(ordered, author * width + place) - first
        return found

    def next(self, author: Ints, place: Ints) -> Ints:
        """Return the author's next post after a place; FAR where there is none."""
        width = self.talk.size + 1
        ordered = self._ordered
        at = np.searchsorted(ordered, author * width + place + 1)
        found = ordered[np.minimum(at, len(ordered) - 1)] - author * width
        return np.where((at < len(ordered)) & (found <= width), found, FAR)

    def last(self, author: Ints, place: Ints) -> Ints:
        """Return the author's latest post before a place; -1 where there is none."""
        width = self.talk.size + 1
        ordered = self._ordered
        at = np.searchsorted(ordered, author * width + place) - 1
        found = ordered[np.maximum(at, 0)] - author * width
        return np.where((at >= 0) & (found >= 0), found, -1)


def turn_features(talk: Talk, places: Places) -> dict[str, Floats]:
    """Measure distance and turns; logarithms where counts are open-ended."""
    i, j, a, own = talk.post, talk.earlier, talk.author, talk.own
    mine_between = places.count(a[i], i) - places.count(a[i], j + 1)
    others_between = i - j - 1 - mine_between
    last, latest = places.last(a[i], i), places.next(a[j], j) >= i
    next_mine = places.next(a[i], i)
    next_theirs = np.where(own, next_mine, places.next(a[j], i))
    before = places.last(a[i], j)
    return {
        "distance": np.log(i - j),
        "next": i - j == 1,
        "others_between": np.log1p(others_between),
        "mine_between": np.minimum(mine_between, 5),
        "since_my_last": mine_between == 0,
        "mine": own,
        "latest_of_others": ~own & (others_between == 0),
        "latest_of_author": latest,
        "later_by_author": np.minimum(places.count(a[j], i) - places.count(a[j], j + 1), 6),
        "authors_between": _authors_between(talk, latest & ~own),
        "my_pause": np.where(last >= 0, np.log1p(np.minimum(i - last, 60)), 6),
        "after_mine": np.where((last >= 0) & (j > last), np.log(np.maximum(1, j - last)), -1),
        "right_after_mine": (j > 0) & (a[np.maximum(j - 1, 0)] == a[i]) & ~own,
        "their_posts": np.log1p(places.count(a[j], i)),
        "my_posts": np.log1p(places.count(a[i], i)),
        "their_next": np.log(np.minimum(next_theirs - i, 40)),
        "my_next": np.log(np.minimum(next_mine - i, 40)),
        "theirs_before_my_next": next_theirs < next_mine,
        "since_mine_before": np.where(before >= 0, np.log1p(np.minimum(j - before, 40)), 5),
        "my_first": last < 0,
        "their_first": places.count(a[j], j) == 0,
        "opener": (j == 0) & talk.opener,
        "below_article": np.full(len(i), float(talk.article)),
        "place": np.log(np.minimum(i, 100)),
        "authors": np.full(len(i), np.log(max(1, talk.authors))),
        **_neighbours(talk, places),
        **_stated(talk),
    }


def _authors_between(talk: Talk, latest: np.ndarray) -> Floats:
    """Count the people heard last between the two posts, at most 12."""
    heard = np.cumsum(latest) - latest  # pairs of a post run from its latest candidate backwards
    if len(heard):
        heard = heard - heard[talk.starts][talk.group]
    found: Floats = np.minimum(heard, 12).astype(np.float64)
    return found


def _neighbours(talk: Talk, places: Places) -> dict[str, Floats]:
    """Count how often the two speak one right after the other, near the post and in the whole thread."""
    i, j, a = talk.post, talk.earlier, talk.author
    above, below = np.minimum(a[1:], a[:-1]), np.maximum(a[1:], a[:-1])
    two = above != below
    keys, times = (above * talk.authors + below)[two], np.arange(1, talk.size)[two]
    weights = np.ones(len(keys))
    asked = np.minimum(a[i], a[j]) * talk.authors + np.maximum(a[i], a[j])
    at = [sum_before(keys, times, weights, asked, i + shift) for shift in (-_NEAR, 0, 2, 2 + _NEAR)]
    return {
        "turns_before": np.log1p(at[1]),
        "turns_near": np.minimum(at[1] - at[0], 6),
        "turns_after": np.minimum(at[3] - at[2], 6),
        "turns_share": at[1] / np.maximum(places.count(a[i], i), 1),
    }


def _stated(talk: Talk) -> dict[str, Floats]:
    """Tell how often the page, and this author, say who is answered: silence means more where they do."""
    stated = np.zeros(talk.size)
    stated[[place for place, target in sorted(talk.known.items()) if target is not None]] = 1.0
    posts = np.bincount(talk.author, minlength=talk.authors)
    share = np.bincount(talk.author, stated, minlength=talk.authors) / np.maximum(posts, 1)
    return {
        "page_states": np.full(len(talk.post), stated.mean() if talk.size else 0.0),
        "author_states": share[talk.author[talk.post]],
        "their_stated": stated[talk.earlier],
    }


def manner_features(talk: Talk) -> dict[str, Floats]:
    """Measure what both posts are like by themselves, and whom they call by name."""
    i, j, a, called = talk.post, talk.earlier, talk.author, talk.called
    posts = talk.speeches
    length = np.array([len(s.words) for s in posts], dtype=np.int64)
    you = np.array([s.says_you for s in posts], dtype=bool)
    asks = np.array([s.ends_in_question for s in posts], dtype=bool)
    marks = np.array(["?" in s.own for s in posts], dtype=bool)
    opens = np.array([s.opens_as_answer for s in posts], dtype=bool)
    named = np.array([a[y] in called[x] for x, y in zip(i.tolist(), j.tolist(), strict=True)], dtype=bool)
    names_me = np.array([a[x] in called[y] for x, y in zip(i.tolist(), j.tolist(), strict=True)], dtype=bool)
    calls = np.array([bool(found) for found in called], dtype=bool)
    mine = {"length": np.log1p(length), "you": you, "asks": asks, "marks": marks, "opens": opens}
    return {
        **{f"my_{name}": values[i] for name, values in mine.items()},
        **{f"their_{name}": values[j] for name, values in mine.items()},
        "named": named,
        "names_me": names_me,
        "i_name_another": calls[i] & ~named,
        "they_name_another": calls[j] & ~names_me,
    }
