"""Whether words are meant as they stand: denied, asked, supposed, reported or quoted ones are not."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from discourse.analysis.stance.clauses import AUXILIARIES, NEGATIONS, Clause, Word

CONDITIONAL = 0.4  # "if he is a fool"; "if he goes on lying" says that he lies
GRANTED = 0.5  # "he is honest, but ...", "he may be a fool, but ..."
POSSIBLE = 0.5  # "it might be a good idea"
REPORT_REACH = 12  # words over which "he says" reaches
NEGATED_REACH = 4  # words over which "not" reaches where no subject is near
FARTHEST_SUBJECT = 9  # words
LONGEST_QUOTED_WORD = 3  # words that marks of quotation hold up to scorn; more are somebody's own

REPORTS = frozenset(
    """
    say says said saying claim claims claimed claiming think thinks thought thinking believe believes
    believed insist insists insisted argue argues argued arguing tell tells told telling allege alleges
    alleged according accuse accuses accused accusing calls called calling call suggest suggests
    suggested pretend pretends pretending imply implies implying assertion assertions statement notion
    myth allegation suppose assume assumes assuming state states stated stating feel feels felt thread
    title quote quotes quoted write writes wrote argument arguments idea belief opinion view preach
    preaches preached contention pov position theory beliefs claimant convinced accept accepts consider
    considers considered held persuade convince convincing declare declares declared hear hears heard
    ask asks asked admit admits admitted agree agrees agreed wants teach teaches taught
    """.split()
)
_OWN = frozenset("i we i'd i've i'm i'll my imo imho me let's us".split())
_OPEN = frozenset("whether wonder wondering wonders debate question".split())
_SHOWN = frozenset("show demonstrate establish".split())
_TRUE = frozenset("true fact truth obvious clear certain".split())
_TRUTHS = _TRUE | frozenset(
    "false untrue lie nonsense rubbish myth wrong ridiculous absurd doubtful unlikely incorrect".split()
)
_PROOFS = frozenset("evidence proof indication sign case".split())
_DOUBTS = frozenset("doubt doubts doubted deny denies denied denying disagree refute disprove".split())
_OWN_THOUGHT = frozenset(
    """
    think believe say suppose feel agree see accept consider know understand buy find convinced want
    claim argue call
    """.split()
)
_ENDS = frozenset("but although though however".split())
_ONGOING = frozenset("continue continues continued keep keeps kept still".split())
_POSSIBLE = frozenset("may might could".split())
_ADVISED = frozenset("should must ought".split())
_GRANTS = frozenset("although though while granted admittedly sure yes true despite".split())
_CONTRASTS = frozenset("but however yet".split())
_NOT_SO = {("far", "from"), ("anything", "but"), ("instead", "of"), ("rather", "than"), ("opposite", "of")}
_TURNS = frozenset("nor neither never no".split())
_UNDENIED = frozenset("but only just less doubt wonder wait merely simply necessarily".split())
_UNDONE = frozenset("fail fails failed failing refuse refuses refused stops stopped cease lack lacks".split())
_MARK = re.compile(r"[\"“”]")


def is_denied(clause: Clause, place: int) -> bool:
    """Say whether a word of the clause is denied: by a negation up to four words before it, or by "I don't
    think" at the beginning.

    "Nothing but a coward" and "not only a coward" deny nothing; two negations cancel out.
    """
    words = clause.words[:place]
    before = [word.word for word in words]
    first = _reach(words)
    denying = {k for k in range(first, place) if _denies(before, k)}
    denying |= {k for k in range(first, place - 1) if (before[k], before[k + 1]) in _NOT_SO}
    denying |= _raised(before)
    return len(denying) % 2 == 1


def _reach(words: Sequence[Word]) -> int:
    """Return from where on "not" reaches: from the nearest subject, or from before it in "nor do I"."""
    for place in range(len(words) - 1, max(-1, len(words) - FARTHEST_SUBJECT - 1), -1):
        if words[place].is_subject_like:
            turned = place > 1 and words[place - 1].word in AUXILIARIES and words[place - 2].word in _TURNS
            return place - 2 if turned else place
    return max(0, len(words) - NEGATED_REACH)


def _denies(before: Sequence[str], place: int) -> bool:
    follower = before[place + 1] if place + 1 < len(before) else ""
    if before[place] in _UNDONE:
        return follower in ("to", "being") or place == len(before) - 1
    if before[place] in ("nor", "neither") and NEGATIONS.intersection(before[max(0, place - 3) : place]):
        return False  # "I did not, nor do I, ..." denies once
    if before[place] == "less":
        return place == len(before) - 1
    return before[place] in NEGATIONS and follower not in _UNDENIED


def _raised(before: Sequence[str]) -> set[int]:
    """Return the place of the negation of "I don't think"; none where the clause has none."""
    for place, word in enumerate(before[:7]):
        if word in _OWN_THOUGHT and len(before) - place > 1:
            return {k for k in range(place) if before[k] in NEGATIONS} if "i" in before[:place] else set()
    return set()


def mood(clause: Clause, place: int, *, praise: bool, wish: bool, asks: bool = False) -> float:
    """Return how much of a cue is left where it is asked, supposed, possible or advised."""
    if clause.question and not asks:
        return 0.0
    before = [word.word for word in clause.words[:place]]
    near = before[-5:]
    factor = CONDITIONAL if clause.conditional and not _ONGOING.intersection(before) else 1.0
    if wish:
        return factor
    if _ADVISED.intersection(near):
        return 0.0  # "she should be honest" says nothing of what she is
    if "would" in near and "have" in near and not wish:
        return factor * POSSIBLE  # "he would have ruined them" tells of nothing that was
    if _POSSIBLE.intersection(near) and ("have" in near or praise):
        return factor * POSSIBLE
    return factor


def voice(words: Sequence[Word], last: int, opens: int) -> float:
    """Return whose words those at a place are: 1 for the writer's own, -1 for what the writer denies, 0 for
    those of others and for what is left open.

    Parameters
    ----------
    words
        The words of the sentence in order.
    last
        The place of the cue in it.
    opens
        The place where its clause begins; what is denied within the clause is seen by `is_denied`.
    """
    for place in range(last - 1, max(-1, last - REPORT_REACH - 1), -1):
        word = words[place].word
        if word in _ENDS or ";" in words[place].gap:
            return 1.0
        if _leaves_open(words, place):
            return 0.0
        if word in _TRUTHS and place + 1 < len(words) and words[place + 1].word == "that":
            return 0.0 if _untrue(words, place) else 1.0
        if word in _PROOFS and place + 1 < len(words) and words[place + 1].word in ("that", "of", "for"):
            return -1.0 if NEGATIONS & {w.word for w in words[max(0, place - 6) : place]} else 0.0
        if word in _DOUBTS or word in REPORTS:
            said = _reported(words, place, doubted=word in _DOUBTS)
            return abs(said) if place >= opens else said
    return 1.0


def _untrue(words: Sequence[Word], place: int) -> bool:
    """Say whether what follows is called untrue: "it is false that", "it is not true that"."""
    if words[place].word not in _TRUE:
        return True
    return bool(NEGATIONS.intersection(word.word for word in words[max(0, place - 4) : place]))


def _leaves_open(words: Sequence[Word], place: int) -> bool:
    """Say whether a word leaves open what follows: "whether", "to show that"."""
    word, before = words[place].word, words[place - 1].word if place else ""
    if word in _OPEN or word in ("prove", "proving", "disprove"):
        return True
    return before == "to" if word in _SHOWN else word in ("if", "that") and before in _OPEN


def _reported(words: Sequence[Word], place: int, *, doubted: bool) -> float:
    before = words[max(0, place - 4) : place]
    speaker = next((w for w in reversed(before) if w.is_subject_like or w.word in _OWN), None)
    if speaker is None or speaker.word not in _OWN or speaker.word == "us":
        return 0.0
    if not doubted and NEGATIONS.intersection(w.word for w in before) and words[place].word in _OWN_THOUGHT:
        return -1.0
    return -1.0 if doubted and not NEGATIONS.intersection(w.word for w in before) else 1.0


def granted(clauses: Sequence[Clause], number: int, *, praise: bool) -> bool:
    """Say whether a clause only grants what the next one takes back: "she is honest, but ...", "he may be a
    fool, but ..."."""
    clause = clauses[number]
    if clause.words[0].word in _GRANTS:
        return True
    if not praise and not _POSSIBLE.intersection(word.word for word in clause.words):
        return False
    return number + 1 < len(clauses) and clauses[number + 1].words[0].word in _CONTRASTS


class Marks:
    """Where marks of quotation stand in a post's own words."""

    def __init__(self, own: str) -> None:
        self._own = own

    @cached_property
    def _marks(self) -> list[int]:
        return [match.start() for match in _MARK.finditer(self._own)]

    def around(self, place: int, first: int, last: int) -> str | None:
        """Return what the marks around a place of a sentence hold; None where none stand around it."""
        begin, end = bisect_left(self._marks, first), bisect_left(self._marks, last)
        here = bisect_left(self._marks, place, begin, end)
        if (here - begin) % 2 == 0 or here >= end:
            return None
        return self._own[self._marks[here - 1] + 1 : self._marks[here]]


def is_word(held: str) -> bool:
    """Say whether marks of quotation hold a word or two up to scorn, not somebody's own words."""
    return held.count(" ") < LONGEST_QUOTED_WORD


__all__ = ["Marks", "granted", "is_denied", "is_word", "mood", "voice"]
