"""Sentences as clauses of words, with the mentions of targets in them: who is the subject, who the object."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, field

from discourse.analysis.base import PostView
from discourse.analysis.stance.mentions import Mention

SUBJECT_PRONOUNS = frozenset("he she they it".split())
PRONOUNS = frozenset("he she they it him her them his their its himself herself itself themselves".split())
SPEAKERS = frozenset("i we you".split())
AUXILIARIES = frozenset(
    """
    is are was were be been being am has have had having do does did will would shall should can could may
    might must ought to get gets got going isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't
    didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't ain't 's 're 've 'll 'd
    """.split()
)
COPULAS = frozenset(
    """
    is are was were be been being am isn't aren't wasn't weren't ain't seems seem seemed looks look looked
    sounds sound remains remain became become becomes proved proves stays called shown 's 're
    """.split()
)
NEGATIONS = frozenset(
    """
    not no never none nobody neither nor hardly barely without isn't aren't wasn't weren't hasn't haven't
    hadn't don't doesn't didn't won't wouldn't shouldn't can't cannot couldn't ain't nothing dont doesnt
    didnt isnt cant wont doesnt wouldnt shouldnt arent wasnt
    """.split()
)
# what a measure may be called once it has been named
GENERIC = frozenset("plan measure scheme proposal policy ban law bill idea".split())
FILLERS = frozenset(
    """
    a an the such so very too just also only even still again now then always ever never not no already
    really quite rather all both simply merely totally completely utterly absolutely nothing but far more
    most much less least as some kind of sort bit lot probably perhaps maybe certainly definitely obviously
    clearly actually finally once yet immediately soon never same one own and or
    """.split()
)
PREPOSITIONS = frozenset(
    "of to in on at by with from for about against over under like than into between towards toward".split()
)
BREAKERS = frozenset(
    "but because although though whereas while if unless when until since so yet which who whose".split()
)
CONDITIONS = frozenset("if unless whether suppose supposing before until".split())
_CONTRACTED_WORDS = "he she they it i we you that there who what".split()
CONTRACTED_TAILS = "s re ve ll d m".split()
# words that hold a verb: each with the word without it, and the verb
_CONTRACTED = {
    f"{word}'{tail}": (word, f"'{tail}") for word in _CONTRACTED_WORDS for tail in CONTRACTED_TAILS
}
# folded words that can be a subject, or hold a verb
SUBJECT_WORDS = SUBJECT_PRONOUNS | SPEAKERS | frozenset(_CONTRACTED)
_OPENING = frozenset("and or then that as before after where".split())  # before a subject
_MAY_OPEN = BREAKERS | _OPENING
_BREAK_MARKS = re.compile(r"[;:()…—–\"“”]|\.\.|[.!?]\s| - ")


class Word(NamedTuple):
    """One word of a clause; a target's whole name is one word."""

    start: int
    end: int
    word: str  # folded; of a contracted pronoun the pronoun
    gap: str  # what stands before it, back to the word before
    mention: Mention | None = None
    tail: str = ""  # the verb of a contraction: 's, 're
    capital: bool = False  # written with a capital, but not in capitals
    sided: Mention | None = None  # of "pro-X" and "anti-X" the target that is no word of its own here
    generic: bool = False  # "the plan", "this ban": a measure named by its kind alone

    @property
    def is_possessive(self) -> bool:
        """Say whether an 's is written that may mark an owner."""
        return self.mention is not None and self.mention.possessive

    @property
    def is_subject_like(self) -> bool:
        """Say whether it can be a subject: a mention or a pronoun in the subject's form."""
        return (
            self.mention is not None or self.word in SUBJECT_PRONOUNS or self.word in SPEAKERS or self.generic
        )

    @property
    def is_joined(self) -> bool:
        """Say whether it goes on from the word before it, without a comma or another mark."""
        return not self.gap.strip()


class Clause(Struct):
    """A stretch of one sentence with at most one subject."""

    words: list[Word] = field(default_factory=list)
    inherited: Word | None = None  # the subject of the clause before, where it has none of its own
    question: bool = False
    conditional: bool = False
    first: bool = True  # of its sentence
    led_by: list[str] = field(default_factory=list)  # of "I hope that X wins": the words before "that"

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.words[-1].end


def words_of(view: PostView, first: int, last: int, mentions: Sequence[Mention]) -> list[Word]:
    """Join own words of a post with the mentions among them; the words of one name become one word.

    Parameters
    ----------
    first, last
        Which of the own words: the first, and the one behind the last.
    """
    text, words = view.own, list[Word]()
    place, behind = 0, view.starts[first] if first < last else 0
    for start, end, folded in zip(
        view.starts[first:last], view.ends[first:last], view.words[first:last], strict=True
    ):
        while place < len(mentions) and mentions[place].end <= start:
            place += 1
        hit = mentions[place] if place < len(mentions) and mentions[place].start < end else None
        if hit is not None and words and words[-1].mention == hit:
            continue
        capital = text[start].isupper() and not text[start:end].isupper()
        gap = text[behind:start]
        if hit is not None and _is_whole(hit, start, end):
            behind = max(hit.end, end)
            sided = hit if _is_sided(hit, start, folded) else None
            words.append(Word(hit.start, behind, folded, gap, hit, "", capital, sided))
            continue
        behind = end
        if hit is None and "'" not in folded and folded not in GENERIC:  # as nearly all words
            words.append(Word(start, end, folded, gap, None, "", capital))
            continue
        bare, tail = _CONTRACTED.get(folded, (folded, "")) if "'" in folded else (folded, "")
        generic = bare in GENERIC and _is_named_by_kind(words, gap)
        sided = hit if hit is not None and _is_sided(hit, start, folded) else None
        words.append(Word(start, end, bare, gap, None, tail, capital, sided, generic))
    return words


def _is_sided(mention: Mention, start: int, folded: str) -> bool:
    return folded[: max(0, mention.start - start)] in ("pro-", "anti-")


def _is_named_by_kind(before: Sequence[Word], gap: str) -> bool:
    return bool(before) and not gap.strip() and before[-1].word in ("the", "this", "that", "such")


def _is_whole(mention: Mention, start: int, end: int) -> bool:
    # of "pro-Norway" or "Norway-backed" the name is only a part
    return mention.start == start and end - mention.end <= 2


def clauses_of(words: Sequence[Word], *, question: bool) -> list[Clause]:
    """Cut a sentence into clauses; each knows the subject that it takes over from the one before."""
    clauses: list[Clause] = []
    for place, word in enumerate(words):
        # nothing opens a clause but some words and the marks before others
        if not clauses or ((word.gap != " " or word.word in _MAY_OPEN) and _opens(words, place)):
            clauses.append(Clause(question=question))
        clauses[-1].words.append(word)
    for clause in clauses:
        clause.conditional = clause.words[0].word in CONDITIONS
    for before, clause in pairwise(clauses):
        clause.inherited = _heir(before, clause)
        clause.first = False
        if clause.words[0].word == "that":
            clause.led_by = [word.word for word in before.words[-4:]]
        clause.conditional |= before.conditional and clause.words[0].word == "that"
    return clauses


def _opens(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.word == "but" and words[place - 1].word in ("nothing", "anything", "all"):
        return False
    if word.word in BREAKERS or (word.gap != " " and _BREAK_MARKS.search(word.gap)):
        return True
    if word.word in _OPENING:
        after = words[place + 1] if place + 1 < len(words) else None
        named = word.word in ("and", "or") and words[place - 1].mention is not None
        return after is not None and _is_subject(after) and not (named and after.mention is not None)
    return "," in word.gap and _is_subject(word)


def _is_subject(word: Word) -> bool:
    return word.is_subject_like and not word.is_possessive


def _heir(before: Clause, clause: Clause) -> Word | None:
    last = before.words[-1]
    if clause.words[0].word in ("who", "which") and last.mention is not None:
        return last
    if clause.words[0].word == "which":
        return None  # it takes up the whole clause before it
    return head_subject(before) or before.inherited


def head_subject(clause: Clause) -> Word | None:
    """Return the subject with which a clause opens; None where it opens with something else."""
    for word in clause.words:
        if word.is_subject_like:
            return word
        if not _may_precede(word):
            return None
    return None


def _may_precede(word: Word) -> bool:
    return (
        word.word in FILLERS
        or word.word in AUXILIARIES
        or word.word in BREAKERS
        or word.word in ("that", "because", "oh", "yes", "no", "well", "ok", "okay", "lol", "yeah", "nope")
        or word.word.endswith("ly")
        or "," in word.gap
    )


def is_skipped(word: Word) -> bool:
    """Say whether a word may stand between a subject and its verb."""
    if word.mention is not None or word.word in SUBJECT_PRONOUNS or word.word in SPEAKERS:
        return False
    return word.word in AUXILIARIES or word.word in FILLERS or word.word.endswith("ly")
