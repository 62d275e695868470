"""Of whom a noun or an adjective is said: "X is a fool", "that fool X", "X's foolish speech"."""

from collections.abc import Iterator
from itertools import pairwise

from discourse.analysis.stance.clauses import (
    COPULAS,
    PREPOSITIONS,
    SPEAKERS,
    SUBJECT_PRONOUNS,
    Clause,
    head_subject,
    is_skipped,
)
from discourse.analysis.stance.frames import (
    INTENSE,
    Frame,
    Holder,
    felt,
    following,
    free,
    joined_names,
    own_object,
    possessed,
    sided,
    subject,
    wished,
)
from discourse.analysis.stance.phrases import ACTS, DETERMINERS, head_share

_CONTRACTION_MARKS = frozenset(
    "a an the not no nothing so too just such still been being never always only".split()
)
_OF = frozenset("one kind sort bit lot bunch piece load".split())  # these are what is of them
_DEEMS = frozenset("see view regard consider find found call deem think thought rate".split())
_MADE = frozenset("made make makes making gave gives give giving has have had having".split())


def predicate(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield what a noun or adjective is said of: "X is a fool", "that fool X", "the fool is X"."""
    found = [*_by_copula(clause, first), *_attributive(clause, first, last), *_reversed(clause, last)]
    yield from found or _appositive(clause, first)


def _by_copula(clause: Clause, first: int) -> Iterator[Holder]:
    words = clause.words
    for place in range(first - 1, max(-1, first - 9), -1):
        word = words[place]
        if word.tail in ("'s", "'re"):
            if _describes(clause, place, first):
                yield from free(word, 0.95)
            return
        if _is_deemed(clause, place, first):
            yield Holder(word, 0.8)
            return
        if word.mention is not None:
            follower = words[place + 1]
            # "X's pathetic." says that X is; after a copula ("he is X's puppet") the 's marks an owner
            verbs = any(w.word in COPULAS or w.tail for w in words[:place])
            alone = place + 1 == first == len(words) - 1 and not verbs
            if word.is_possessive and (follower.word in _CONTRACTION_MARKS or alone):
                yield Holder(word, 0.85)
            elif word.is_possessive:
                continue
            return
        if word.word in COPULAS:
            if _describes(clause, place, first):
                yield from subject(clause, place, place)
            return
        if (
            word.word in PREPOSITIONS - {"of", "like"}
            or word.word in SPEAKERS
            or word.word in SUBJECT_PRONOUNS
        ):
            return


def _is_deemed(clause: Clause, place: int, first: int) -> bool:
    """Say whether a word is what the writer holds to be something: "I see X as a fool", "I call him mad"."""
    word = clause.words[place]
    if place == 0 or clause.words[place - 1].word not in _DEEMS or word.is_possessive:
        return False
    if word.mention is None and word.word not in ("him", "her", "them"):
        return False
    mine = any(w.word in ("i", "we", "i'd") for w in clause.words[max(0, place - 4) : place])
    return mine and all(
        is_skipped(w) or w.word in ("as", "to", "be") for w in clause.words[place + 1 : first]
    )


def _describes(clause: Clause, copula: int, first: int) -> bool:
    """Say whether words from a copula to a cue lead up to what somebody is: "is a complete", "is old and"."""
    region = clause.words[copula + 1 : first]
    if any(b.word == "of" and a.word not in _OF for a, b in pairwise(region)):
        return False
    between = [w for w in region if not is_skipped(w) or w.word in ("a", "an")]
    if not between or between[0].word in INTENSE:
        return True
    if between[0].word in DETERMINERS or between[0].is_possessive:
        return sum(w.word not in DETERMINERS | INTENSE and w.mention is None for w in between) <= 2
    if len(between) == 1 and not between[0].word.endswith(("ing", "ed", "en", "n")):
        return between[0].is_joined and region[-1] is between[0]  # "turned out to be perfect fools"
    listed = clause.words[copula + 2 : first + 1]  # "is old, weak and"
    return len(between) <= 4 and any("," in w.gap or w.word == "and" for w in listed)


def _attributive(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    after = clause.words[last + 1 : last + 3]
    before = clause.words[first - 1] if first else None
    stated = before is not None and (before.word in COPULAS or before.tail)  # "nobody is perfect, X"
    if (
        not stated
        and after
        and after[0].mention is not None
        and after[0].is_joined
        and after[0].mention.kind != "other"
    ):
        share = head_share(clause, last + 1)
        verbal = clause.words[last].word.endswith("ing")  # "convincing X that ..."
        called = verbal or (
            before is None and (len(after) == 1 or "," in after[1].gap)
        )  # "Great, X, now ..."
        if (share == 1.0 or after[0].mention.kind == "person") and not called:
            yield Holder(after[0], 0.85 * share, presupposed=True)
    elif len(after) > 1 and after[0].word == "like" and after[1].mention is not None:
        yield Holder(after[1], 0.85)
        yield from (Holder(word, 0.8) for word in joined_names(clause, last + 2))
    elif after and after[0].word in ACTS and after[0].is_joined:
        yield from _of_deed(clause, first, last + 1)


def _of_deed(clause: Clause, first: int, deed: int) -> Iterator[Holder]:
    """Yield whose deed is praised or blamed: "X's foolish speech", "a foolish speech by X", "X made a foolish
    speech"."""
    words = clause.words
    for word in reversed(words[max(0, first - 3) : first]):
        if word.is_possessive or word.word in ("his", "her", "their", "its"):
            yield Holder(word, 0.8, presupposed=True)
            return
    if deed + 2 < len(words) and words[deed + 1].word in ("by", "of", "from"):
        yield from (
            Holder(word, 0.8 * max(0.0, head_share(clause, place)), presupposed=True)
            for place, word in enumerate(words[deed + 2 : deed + 5], deed + 2)
            if word.mention is not None
        )
        return
    if any(word.word in _MADE for word in words[max(0, first - 4) : first]):
        head = head_subject(clause)
        if head is not None and not head.is_possessive:
            yield from free(head, 0.75)


def _reversed(clause: Clause, last: int) -> Iterator[Holder]:
    after = clause.words[last + 1 : last + 6]
    if after and after[0].word in ("is", "are", "was", "were"):
        for place, word in enumerate(after[1:], last + 2):
            if word.mention is not None:
                yield Holder(word, 0.85 * max(0.0, head_share(clause, place)))
                return
            if not is_skipped(word):
                return


def _appositive(clause: Clause, first: int) -> Iterator[Holder]:
    place = first - 1
    while place >= 0 and is_skipped(clause.words[place]) and "," not in clause.words[place].gap:
        place -= 1
    opener = clause.words[max(place, 0)]
    if place >= 1 and "," in opener.gap and clause.words[place - 1].mention is not None:
        yield Holder(clause.words[place - 1], 0.75)


def compared(clause: Clause, _first: int, last: int) -> Iterator[Holder]:
    """Yield what stands after "than"."""
    after = clause.words[last + 1 : last + 5]
    if after and after[0].word == "than":
        yield from (Holder(word, 0.8) for word in after[1:] if word.mention is not None)


FRAMES: dict[str, Frame] = {
    "subject": subject,
    "adverb": subject,
    "predicate": predicate,
    "compare": predicate,
    "object": own_object,
    "felt": felt,
    "next": following,
    "asks": following,
    "wish": wished,
    "possessed": possessed,
    "align": subject,
    "side": sided,
}
