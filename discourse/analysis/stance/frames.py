"""Who is judged: the place that a word of praise or blame gives to a target within its clause.

Each function takes a clause and the places (first, last) of the cue's words in it, and returns
the words that may name whoever is judged, each with how surely it is they (0 to 1).
"""

from collections.abc import Callable, Iterator

from discourse.analysis.stance.clauses import (
    COPULAS,
    PREPOSITIONS,
    PRONOUNS,
    SPEAKERS,
    SUBJECT_PRONOUNS,
    Clause,
    Word,
    head_subject,
    is_skipped,
)

Holder = tuple[Word, float]
Frame = Callable[[Clause, int, int], Iterator[Holder]]

# what somebody does or has made: to judge it is to judge whose it is
ACTS = frozenset(
    """
    plan plans policy policies idea ideas effort efforts decision decisions speech speeches government
    administration admin war record behaviour behavior actions action words claims claim argument arguments
    strategy approach response leadership rule regime campaign performance stance position proposal scheme
    trial deal law laws bill tax budget handling work word offer statement statements tweets attack attacks
    strikes soldiers troops army forces military team party office leaflet figures numbers service timetable
    """.split()
)
_CONTRACTION_MARKS = frozenset(
    "a an the not no nothing so too just such still been being never always only".split()
)
_WISHES = frozenset("hope hopes hopefully pray wish want let should must ought please".split())
_NEEDS = frozenset("has have needs need needed time vital important importance essential".split())


def subject(clause: Clause, first: int, _last: int) -> Iterator[Holder]:
    """Yield the subject of the verb at a place; also the owner of what is its subject."""
    words = clause.words
    place = first - 1
    joined = False
    while place >= 0 and is_skipped(words[place]):
        joined = joined or words[place].word in ("and", "or", "to") or "," in words[place + 1].gap
        place -= 1
    if place < 0 or (place == 0 and words[0].word in ("who", "which", "that")):
        if clause.inherited is not None:
            yield from _free(clause.inherited, 0.75)
        return
    word = words[place]
    if word.is_subject_like:
        yield from _plain_subject(clause, place, first)
    elif word.word in ACTS:
        yield from _owner(clause, place)
    elif joined or "," in words[place + 1].gap:
        head = head_subject(clause) or clause.inherited
        if head is not None and not head.is_possessive:
            yield from _free(head, 0.75)


def _free(word: Word, score: float) -> Iterator[Holder]:
    if word.word not in SPEAKERS:
        yield word, score


def _plain_subject(clause: Clause, place: int, first: int) -> Iterator[Holder]:
    word = clause.words[place]
    if place and clause.words[place - 1].word in PREPOSITIONS - {"than"}:
        return
    if word.is_possessive and place + 1 == first and not clause.words[first].word.endswith(("ing", "ly")):
        return
    yield from _free(word, 0.85 if word.is_possessive else 0.95)
    if word.mention is not None and word.mention.kind == "measure":
        yield from _owner(clause, place)


def _owner(clause: Clause, place: int) -> Iterator[Holder]:
    """Yield whose plan or deed stands at a place: up to three words before it."""
    for word in reversed(clause.words[max(0, place - 3) : place]):
        if word.mention is not None or word.word in ("his", "her", "their", "its"):
            yield word, 0.7
            return
        if word.word in PREPOSITIONS or is_skipped(word):
            return


def predicate(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield what a noun or adjective is said of: "X is a fool", "that fool X", "the fool is X"."""
    found = [*_by_copula(clause, first), *_attributive(clause, last), *_reversed(clause, last)]
    yield from found or _appositive(clause, first)


def _by_copula(clause: Clause, first: int) -> Iterator[Holder]:
    unknown = 0
    for place in range(first - 1, max(-1, first - 9), -1):
        word = clause.words[place]
        if word.tail in ("'s", "'re"):
            yield from _free(word, 0.95)
            return
        if word.mention is not None:
            follower = clause.words[place + 1]
            # "X's pathetic." says that X is; after a copula ("he is X's puppet") the 's marks an owner
            verbs = any(w.word in COPULAS or w.tail for w in clause.words[:place])
            alone = place + 1 == first == len(clause.words) - 1 and not verbs
            if word.is_possessive and (follower.word in _CONTRACTION_MARKS or alone):
                yield word, 0.85
            elif word.is_possessive:
                continue
            return
        if word.word in COPULAS:
            yield from subject(clause, place, place)
            return
        if word.word in PREPOSITIONS or word.word in SPEAKERS or word.word in SUBJECT_PRONOUNS:
            return
        unknown += not is_skipped(word)
        if unknown > 2:
            return


def _attributive(clause: Clause, last: int) -> Iterator[Holder]:
    after = clause.words[last + 1 : last + 4]
    if after and after[0].mention is not None and not after[0].gap.strip():
        yield after[0], 0.85 if len(after) == 1 or is_skipped(after[1]) or after[1].gap.strip() else 0.6
    elif len(after) > 1 and after[0].word == "like" and after[1].mention is not None:
        yield after[1], 0.85


def _reversed(clause: Clause, last: int) -> Iterator[Holder]:
    after = clause.words[last + 1 : last + 6]
    if after and after[0].word in ("is", "are", "was", "were"):
        for word in after[1:]:
            if word.mention is not None:
                yield word, 0.85
                return
            if not is_skipped(word):
                return


def _appositive(clause: Clause, first: int) -> Iterator[Holder]:
    place = first - 1
    while place >= 0 and is_skipped(clause.words[place]) and "," not in clause.words[place].gap:
        place -= 1
    opener = clause.words[max(place, 0)]
    if place >= 1 and "," in opener.gap and clause.words[place - 1].mention is not None:
        yield clause.words[place - 1], 0.75


def following(clause: Clause, _first: int, last: int) -> Iterator[Holder]:
    """Yield the next target within four words, or the pronoun right after."""
    for distance, word in enumerate(clause.words[last + 1 : last + 6]):
        if distance == 0 and word.word in PRONOUNS and word.word not in ("it", "its"):
            yield word, 0.8
            return
        if word.mention is not None:
            place = last + 1 + distance
            yield word, 0.95 if distance < 3 else 0.7
            if word.mention.kind == "measure":
                yield from _owner(clause, place)
            return
        if word.word in SPEAKERS or word.word in PREPOSITIONS - {"of", "for", "on", "to"}:
            return


def own_object(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield the object where the writer is the subject: "I trust X", "scrap X", "we should stop X"."""
    place = first - 1
    while place >= 0 and is_skipped(clause.words[place]):
        place -= 1
    speaker = place < 0 and clause.inherited is None
    if place >= 0:
        speaker = clause.words[place].word in ("i", "we", "please", "let's", "time")
    elif clause.inherited is not None:
        speaker = clause.inherited.word in ("i", "we")
    if speaker:
        yield from following(clause, first, last)


def wished(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield the subject of what is wished or demanded."""
    before = [word.word for word in clause.words[:first]]
    bound = any(word in _WISHES for word in before) or (
        any(word in _NEEDS for word in before) and ("to" in before[-4:] or "importance" in before)
    )
    others = any(word in ("you", "they") for word in before[:2]) and "should" not in before
    if bound and not others:
        yield from subject(clause, first, last)
        return


def possessed(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield whose it is: "X's lies", "his lies", "the lies of X"."""
    for word in reversed(clause.words[max(0, first - 3) : first]):
        if word.is_possessive or word.word in ("his", "her", "their", "its"):
            yield word, 0.85
            return
        if is_skipped(word) or word.word in PREPOSITIONS or word.mention is not None:
            break
    after = clause.words[last + 1 : last + 4]
    if after and after[0].word in ("of", "by", "from"):
        yield from ((word, 0.75) for word in after[1:] if word.mention is not None)


def compared(clause: Clause, _first: int, last: int) -> Iterator[Holder]:
    """Yield what stands after "than"."""
    after = clause.words[last + 1 : last + 5]
    if after and after[0].word == "than":
        yield from ((word, 0.8) for word in after[1:] if word.mention is not None)


FRAMES: dict[str, Frame] = {
    "subject": subject,
    "adverb": subject,
    "predicate": predicate,
    "compare": predicate,
    "object": own_object,
    "next": following,
    "wish": wished,
    "possessed": possessed,
    "align": subject,
}
