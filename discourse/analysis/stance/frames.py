"""Who is judged: the place that a word of praise or blame gives to a target within its clause.

Each function takes a clause and the places (first, last) of the cue's words in it, and returns
the words that may name whoever is judged, each with how surely it is they (0 to 1; below 0 where
praise of what stands there is blame of them).
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.stance.clauses import (
    PREPOSITIONS,
    SPEAKERS,
    Clause,
    Word,
    head_subject,
    is_skipped,
)
from discourse.analysis.stance.phrases import (
    ACTS,
    DETERMINERS,
    head_share,
    is_function,
    named_after,
    relation,
)
from discourse.analysis.stance.scope import REPORTS


class Holder(Struct, frozen=True):
    """A word that may name whoever is judged."""

    word: Word
    sure: float
    presupposed: bool = False  # "that fool X": said beside what the clause says, so that no "not" reaches it


Frame = Callable[[Clause, int, int], Iterator[Holder]]

_WISHED = frozenset("glad relieved thrilled delighted hope hopes hopefully pray wish want let please".split())
_DUE = frozenset("should must ought needs need better deserves deserve time let".split())
INTENSE = frozenset(
    """
    damn so-called downright flat-out pretty fucking freaking damned bloody plain pure utter complete total
    absolute real true well morally beyond mere every bit
    """.split()
)
# verbs between a subject and what it is about to do
_CHAINED = frozenset(
    """
    want wants wanted try tries tried trying continue continues continued keep keeps kept keeping seem seems
    seemed like likes loves plan plans planned begin begins began start starts started starting help helps
    helped manage managed threaten intend intends chose choose chooses decide decided dare dares attempt
    attempts attempted attempting hope hopes bound able willing ready fail fails failed refuse refuses refused
    stop stopped would've should've could've
    """.split()
)
_BE = frozenset(
    "is are was were been being be get gets got getting isn't aren't wasn't weren't am 's 're".split()
)
_PARTICIPLES = frozenset(
    "stolen broken sold betrayed ridden misled kept upheld rebuilt hit struck torn sent put built".split()
)
_SIDES_WITH = frozenset(
    "trusts trust supports support supported likes like loves love voted votes vote believes believe defends "
    "defend wants want backs back admires admire".split()
)
_OPPOSES = frozenset(
    "opposes oppose opposed hates hate hated attacks attack rejects reject denies deny".split()
)
_LEADING = frozenset("and so then but please just or".split())
_STARTERS_FELT = frozenset("but though although however and so".split())
_STARTERS = frozenset("and or that then as so why how what when where because if but while although".split())
_URGED = frozenset("you people everyone everybody anyone one voters americans they government".split())


def subject(clause: Clause, first: int, _last: int) -> Iterator[Holder]:
    """Yield the subject of the verb at a place, or whoever does what is done; also the owner of what is its
    subject."""
    raised = first > 1 and clause.words[first - 1].word == "to" and clause.words[first - 2].is_subject_like
    if not raised:  # "X to leave" is what somebody wants of X
        yield from _subject_of(clause, first)


def _subject_of(clause: Clause, first: int) -> Iterator[Holder]:
    if is_passive(clause, first):
        yield from _doer(clause, first)
        return
    words = clause.words
    place = first - 1
    joined = False
    while place >= 0 and (is_skipped(words[place]) or words[place].word in _CHAINED):
        joined = joined or words[place].word in ("and", "or", "to") or "," in words[place + 1].gap
        place -= 1
    if place < 0 or (place == 0 and words[0].word in ("who", "which", "that")):
        if clause.inherited is not None:
            yield from free(clause.inherited, 0.75)
        return
    word = words[place]
    if word.is_subject_like:
        yield from _plain_subject(clause, place, first)
    elif word.word in ACTS:
        yield from owner(clause, place)
    elif (
        place > 2
        and words[place - 1].word in ("his", "her", "their", "its")
        and words[place - 2].word == "and"
    ):
        yield Holder(words[place - 3], 0.75)  # "X and his friends"
    elif joined or "," in words[place + 1].gap:
        head = head_subject(clause) or clause.inherited
        if head is not None and not head.is_possessive:
            yield from free(head, 0.75)


def is_passive(clause: Clause, first: int) -> bool:
    """Say whether what a verb at a place says is done to its subject: "was betrayed"."""
    verb = clause.words[first].word
    if not (verb.endswith("ed") or verb in _PARTICIPLES):
        return False
    place = first - 1
    while place >= 0 and (
        clause.words[place].word.endswith("ly") or clause.words[place].word in ("not", "so")
    ):
        place -= 1
    return place >= 0 and (clause.words[place].word in _BE or clause.words[place].tail in ("'s", "'re", "'m"))


def _doer(clause: Clause, first: int) -> Iterator[Holder]:
    for place in range(first + 1, min(len(clause.words) - 1, first + 4)):
        if clause.words[place].word == "by" and clause.words[place + 1].mention is not None:
            yield Holder(clause.words[place + 1], 0.85 * max(0.0, head_share(clause, place + 1)))
            return


def free(word: Word, score: float) -> Iterator[Holder]:
    """Yield a word unless it is the writer or whoever is spoken to."""
    if word.word not in SPEAKERS:
        yield Holder(word, score)


def _plain_subject(clause: Clause, place: int, first: int) -> Iterator[Holder]:
    word = clause.words[place]
    made = relation(clause, place)
    if word.is_possessive and place + 1 == first and not clause.words[first].word.endswith(("ing", "ly")):
        return
    made *= _in_relative(clause, place)
    if made != 0 and _opens_well(clause, place):
        yield from free(word, made * (0.85 if word.is_possessive else 0.95))
    if word.mention is not None and word.mention.kind == "measure" and made > 0:
        yield from owner(clause, place)


def _in_relative(clause: Clause, place: int) -> float:
    """Return what it says of a target that somebody sides with it or not: "whoever trusts X is a fool"."""
    verbs = [
        word.word for word in clause.words[1:place] if not is_skipped(word) and word.word not in PREPOSITIONS
    ]
    if clause.words[0].word != "who" or place == 1 or not verbs:
        return 1.0
    return 0.8 if verbs[0] in _SIDES_WITH else -0.8 if verbs[0] in _OPPOSES else 0.0


def _opens_well(clause: Clause, place: int) -> bool:
    """Say whether a word stands where a subject does: after one word at most that might be another's verb."""
    unknown = 0
    for k in range(place - 1, -1, -1):
        word, after = clause.words[k], clause.words[k + 1]
        if not after.is_joined or word.word in REPORTS or word.word in _STARTERS:
            return True
        if is_function(word) or word.word in DETERMINERS or word.capital:
            continue
        unknown += 1
        if unknown > 1:
            return False
    return True


def owner(clause: Clause, place: int) -> Iterator[Holder]:
    """Yield whose plan or deed stands at a place: up to three words before it."""
    for word in reversed(clause.words[max(0, place - 3) : place]):
        if word.mention is not None or word.word in ("his", "her", "their", "its"):
            yield Holder(word, 0.7)
            return
        if word.word in PREPOSITIONS or is_skipped(word):
            return


def following(clause: Clause, _first: int, last: int) -> Iterator[Holder]:
    """Yield the next target within a few words, or the pronoun right after."""
    after = clause.words[last + 1 : last + 3]
    if after and after[0].word in ("him", "her", "them", "his", "their") and after[0].is_joined:
        owns = after[0].word in ("his", "her", "their") and len(after) > 1 and after[1].is_joined
        other = owns and named_other(after[1])
        if not other:
            yield Holder(after[0], 0.8)
        return
    for place, share in named_after(clause, last):
        yield Holder(clause.words[place], 0.95 * share)
        yield from (Holder(word, 0.9 * share) for word in joined_names(clause, place))
        mention = clause.words[place].mention
        if mention is not None and mention.kind == "measure" and share > 0:
            yield from owner(clause, place)


def joined_names(clause: Clause, place: int) -> Iterator[Word]:
    """Yield the names that go on a list of which one stands at a place: "X and Y", "X, Y and Z"."""
    words = clause.words
    while place + 1 < len(words):
        step = 2 if words[place + 1].word in ("and", "or") else 1
        if place + step >= len(words) or words[place + step].mention is None:
            return
        if step == 1 and "," not in words[place + 1].gap:
            return
        place += step
        yield words[place]


def named_other(word: Word) -> bool:
    """Say whether a word after "his" or "her" means other people."""
    return word.word.endswith(("ers", "ors", "ics", "ents")) or word.word in (
        "base",
        "wife",
        "fans",
        "family",
    )


def own_object(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield the object where the writer is the subject: "I trust X", "scrap X", "you should stop X"."""
    words = clause.words
    place = first - 1
    while place >= 0 and (
        is_skipped(words[place]) or words[place].word in _CHAINED or words[place].word == "to"
    ):
        place -= 1
    before = [word.word for word in words[max(0, place) : first]]
    if place < 0:
        heir = clause.inherited
        opens = clause.first or words[0].word in _LEADING
        urged = (
            opens and heir is None and not words[first].word.endswith(("ing", "ed")) and words[0].word != "to"
        )
        speaker = urged or (heir is not None and heir.word in ("i", "we"))
    elif words[place].word in _URGED:
        speaker = bool({"should", "must", "ought"}.intersection(before))
    else:
        speaker = words[place].word in ("i", "we", "please", "let's", "time", "just")
    if speaker and "used" not in before:
        yield from following(clause, first, last)


def felt(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield the object of what the writer is or feels: "I am all for X", "Sick of X"."""
    if (first == 0 and clause.inherited is None) or (first == 1 and clause.words[0].word == "as"):
        yield from following(clause, first, last)
        return
    place = first - 1
    while place >= 0 and (is_skipped(clause.words[place]) or clause.words[place].word in INTENSE):
        place -= 1
    heir = clause.inherited
    mine = (
        place <= 0
        and heir is not None
        and heir.word in ("i", "we")
        and clause.words[0].word in _STARTERS_FELT
    )
    if mine or (place >= 0 and clause.words[place].word in ("i", "we", "me", "personally")):
        yield from following(clause, first, last)


def wished(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield the subject of what is wished or demanded."""
    words = clause.words
    before = [*clause.led_by, *(word.word for word in words[:first])]
    near = before[-6:]
    due = (
        bool(_DUE.intersection(near))
        or any(
            a in ("has", "have", "going", "important", "importance") and b == "to" for a, b in pairwise(near)
        )
        or "importance" in before
        or "vital" in before
    )
    wish = bool(_WISHED.intersection(before)) or before[:1] == ["may"]
    others = any(word in ("you", "they") for word in before[:2]) and "should" not in before
    if (due or wish) and not others:
        yield from _subject_of(clause, first)


def possessed(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield whose it is: "X's lies", "his lies", "the lies of X"."""
    for word in reversed(clause.words[max(0, first - 3) : first]):
        if word.is_possessive or word.word in ("his", "her", "their", "its"):
            yield Holder(word, 0.85)
            return
        if is_skipped(word) or word.word in PREPOSITIONS or word.mention is not None:
            break
    after = clause.words[last + 1 : last + 4]
    if after and after[0].word in ("of", "by", "from"):
        yield from (Holder(word, 0.75) for word in after[1:] if word.mention is not None)


def sided(clause: Clause, first: int, last: int) -> Iterator[Holder]:
    """Yield whose supporter the writer says to be: "I am a X supporter", "as a supporter of X"."""
    words = clause.words
    head = head_subject(clause)
    between = {w.word for w in words[:first]}
    am = head is not None and head.word in ("i", "we") and (head.tail or {"am", "are", "been"} & between)
    if not (am or words[0].word == "as") or between & {"was", "were", "former", "ex", "once", "all", "the"}:
        return
    before = words[first - 1] if first else None
    if before is not None and before.mention is not None and words[first].is_joined:
        yield Holder(before, 0.95)
    elif last + 1 < len(words) and words[last + 1].word == "of":
        yield from following(clause, first, last + 1)
