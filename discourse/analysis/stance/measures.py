"""Plans, laws and works that a thread names by a noun: "the harbour plan", "this ban"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from discourse.analysis.base import ThreadView
from discourse.analysis.stance.names import Candidate, gazetteer_words, has_url, mask_urls
from discourse.text.normalise import fold
from discourse.text.tokens import STOPWORDS, cut

_HEAD_BEFORE = frozenset("the this that these those a an any his her their our your its such no".split())
_MOST_BEFORE = 4  # words before a head that may belong to its name
_OWNS = re.compile(r"'s?$")


def measure_candidates(view: ThreadView) -> list[Candidate]:
    """Plans, laws, works: a known head noun after a determiner, with the modifiers that recur before it."""
    heads = _heads()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text, words, starts, ends in _texts(view):
        for place, word in enumerate(words):
            if word in heads and (modifiers := _modifiers(text, words, starts, ends, place)):
                singular = word.rstrip("s")
                seen[singular if singular in heads else word].update(modifiers)
    return _merge_generic([_measure(head, counts) for head, counts in sorted(seen.items())], view)


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(gazetteer_words("measure_head"))


def _texts(view: ThreadView) -> Iterator[tuple[str, Sequence[str], Sequence[int], Sequence[int]]]:
    """Yield the texts in which a head noun may stand, with their words and where these begin and end."""
    heads = _heads()
    for post in view.posts:
        if heads.isdisjoint(post.words):  # of no address is more than a part a word of its own
            continue
        if has_url(post.own):
            yield _cut(mask_urls(post.own))
        else:
            yield post.own, post.words, post.starts, post.ends
    for article in view.articles:
        yield _cut(mask_urls(article.text))


def _cut(text: str) -> tuple[str, Sequence[str], Sequence[int], Sequence[int]]:
    words, starts, ends, _ = cut(fold(text))
    return text, words, starts, ends


def _merge_generic(measures: list[Candidate], view: ThreadView) -> list[Candidate]:
    """Let "the plan" or "the idea" stand for the one measure that the article is about."""
    if not measures or not view.articles:
        return measures
    generic = {f"the {head}" for head, mark in gazetteer_words("measure_head", "name").items() if mark}
    article = fold(" ".join(article.text for article in view.articles))
    specific = [m for m in measures if not generic & set(m.forms)]
    counts = {m.name: article.count(f" {m.name.split(' ')[-1]}") for m in specific}
    main = max(specific, key=lambda m: (counts[m.name], m.name), default=None)
    if main is None or counts[main.name] < 2:
        return measures
    kept = []
    for measure in measures:
        if measure is not main and generic & set(measure.forms) and " " not in measure.name:
            main.forms.update(measure.forms)
        else:
            kept.append(measure)
    return kept


def _modifiers(
    text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int], head: int
) -> list[str]:
    """Return the nominal groups that end in a head; none where no determiner or name opens them."""
    groups = [words[head]]
    for place in range(head - 1, max(-1, head - _MOST_BEFORE - 1), -1):
        word = words[place]
        if text[ends[place] : starts[place + 1]] != " ":
            return []
        if word in _HEAD_BEFORE or _OWNS.search(word):
            return groups
        if word in STOPWORDS:
            return []
        groups.append(f"{word} {groups[-1]}")
    return []


def _measure(head: str, counts: Counter[str]) -> Candidate:
    """Name a measure by its head, or with the one modifier that most of its longer forms share."""
    longer = [(count, form) for form, count in counts.items() if form.count(" ") == 1 and count > 1]
    best = max(longer, default=(0, ""))
    name = best[1] if best[0] * 2 > sum(count for count, _ in longer) else head
    forms = Counter({f"the {head}": counts[head]})
    for form, count in counts.items():
        if count > 1 and form.count(" ") == 1:
            forms[form] += count
    return Candidate("measure", name=name, forms=forms)
