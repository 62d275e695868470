"""What a post says for or against targets: each judgement with the clause and the words that decide it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from discourse.analysis.base import PostView
from discourse.analysis.stance.clauses import (
    NEGATIONS,
    Clause,
    Word,
    clauses_of,
    head_subject,
    is_negated,
    words_of,
)
from discourse.analysis.stance.frames import FRAMES, Holder, compared, following, own_object
from discourse.analysis.stance.mentions import Mention, MentionFinder
from discourse.analysis.stance.references import Memory, Referent
from discourse.lexicon import Lexicons, Match, load_lexicons
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from discourse.text.tokens import Token

LEAST = 0.45  # below it nothing is said
NEGATED = 0.8  # "not honest" says less than "dishonest"
NOT_BLAMED = 0.7  # "not a fool" says less again
CONDITIONAL = 0.4  # "if he is a fool"; "if he goes on lying" says that he lies
LONGEST_SENTENCE = 150  # words
LONGEST_CALL = 8  # words of an outcry such as "What a fool!"
REPORT_REACH = 9  # words over which "he says" reaches
DETERMINERS = frozenset("the a an this that these those my your his her its our their mr mrs ms".split())
OPPOSITE = {"favor": "against", "against": "favor"}
_WORD = re.compile(r"\w")
_LABELS = {"praise": "favor", "blame": "against"}
_IRONY = re.compile(
    r"(?<!\S)/s\b|:roll:|\byeah,? right\b|\bbravo!|\boh please\b|🙄|\bfunny,? that\b"
    r"|\ball right[.!]?$"
)
_SEEN = re.compile(r",? i see[.!]?")  # right after praise: "going splendidly, I see"; not "ah, I see"
_REPORTS = frozenset(
    """
    say says said saying claim claims claimed claiming think thinks thought believe believes believed insist
    insists insisted argue argues argued tell tells told allege alleges alleged according accuse accuses
    accused accusing calls called calling suggest suggests suggested pretend pretends pretending imply implies
    assertion assertions statement notion myth allegation
    """.split()
)
_ONGOING = frozenset("continue continues continued keep keeps kept still".split())


@dataclass(frozen=True, slots=True)
class Judgement:
    """One clause for or against one target."""

    target: str
    label: str  # favor | against
    score: float
    span: Span
    entry: str


@dataclass(frozen=True, slots=True)
class _Alliance:
    """Somebody who is said to side with another: what it says depends on that other."""

    who: Referent
    whom: str
    span: Span
    entry: str
    score: float


@dataclass
class _Sentence:
    """A sentence while it is read."""

    span: Span
    clauses: list[Clause]
    ironic: bool
    elliptic: Sequence[Referent]  # whom a sentence without subject is about, right after a quotation


@lru_cache(maxsize=1)
def stance_words() -> Lexicons:
    """Return the lexicon of praise and blame, read once."""
    return load_lexicons(names=("stance_words",))


def judge_post(
    view: PostView, finder: MentionFinder, above: Sequence[PostView] = (), lang: str | None = None
) -> list[Judgement]:
    """Return the judgements of a post's own words in text order; none where nothing is decided.

    Parameters
    ----------
    above
        The posts above it, the one that it answers first: whom its pronouns may mean.
    lang
        The post's language; None where unknown. The lexicon abstains in others than its own.
    """
    reader = _Reader(view, finder, above)
    found = list(reader.read(stance_words().match(fold(view.own), lang=lang)))
    return sorted(
        [*found, *_allied(reader.alliances, found)], key=lambda j: (j.span.start, j.target, j.label)
    )


class _Reader:
    """Reads one post from its beginning to its end."""

    def __init__(self, view: PostView, finder: MentionFinder, above: Sequence[PostView]) -> None:
        self.view = view
        self.finder = finder
        self.mentions = finder.find(view.own)
        self.memory = Memory(outside=_outside(view, finder, above))
        self.alliances: list[_Alliance] = []

    def read(self, cues: Sequence[Match]) -> Iterator[Judgement]:
        starts = [cue.start for cue in cues]
        for span in self.view.sentences:
            for sentence in self._pieces(span):
                self._remember(sentence)
                first, last = (bisect_left(starts, edge) for edge in (sentence.span.start, sentence.span.end))
                for cue in cues[first:last]:
                    if cue.end <= sentence.span.end:
                        yield from self._judge(cue, sentence)

    def _pieces(self, span: Span) -> Iterator[_Sentence]:
        """Yield a sentence; one that never ends in pieces, so that the work stays linear."""
        first = bisect_left(self.view.tokens, span.start, key=lambda token: token.start)
        last = bisect_left(self.view.tokens, span.end, key=lambda token: token.start)
        for begin in range(first, last, LONGEST_SENTENCE):
            tokens = self.view.tokens[begin : min(last, begin + LONGEST_SENTENCE)]
            whole = last - first <= LONGEST_SENTENCE
            yield self._sentence(span if whole else Span(start=tokens[0].start, end=tokens[-1].end), tokens)

    def _sentence(self, span: Span, tokens: Sequence[Token]) -> _Sentence:
        own = self.view.own[span.start : span.end]
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, span.end, key=lambda mention: mention.start)
        words = words_of(tokens, self.mentions[first:last], self.view.own)
        clauses = clauses_of(words, question=own.rstrip("\"'”’ )").endswith("?"))
        return _Sentence(span, clauses, bool(_IRONY.search(fold(own))), self._quoted_before(span))

    def _quoted_before(self, span: Span) -> Sequence[Referent]:
        """Return the targets of the last quoted sentence, where a sentence follows it at once."""
        place = bisect_right(self.view.quotes, span.start, key=lambda quote: quote.end)
        before = self.view.quotes[place - 1] if place else None
        if before is None or _WORD.search(self.view.own, before.end, span.start):
            return ()
        quoted = self.view.post.text[before.start : before.end]
        last = split_sentences(quoted)[-1:]
        found = self.finder.find(quoted[last[0].start : last[0].end]) if last else []
        return [Referent(m.target, m.kind, 0.8) for m in found[:2]]

    def _remember(self, sentence: _Sentence) -> None:
        self.memory.open_sentence()
        for clause in sentence.clauses:
            head = head_subject(clause)
            for word in clause.words:
                if word.mention is not None:
                    self.memory.note(word.mention, subject=word is head and not word.is_possessive)

    def _judge(self, cue: Match, sentence: _Sentence) -> Iterator[Judgement]:
        clause = _clause_of(cue, sentence)
        if clause is None or _is_reported(cue, clause, sentence):
            return
        places = [i for i, w in enumerate(clause.words) if cue.start <= w.start < cue.end] or [0]
        label, factor = _reading(cue, clause, sentence, places[0], self.view.own)
        frame = cue.entry.fields["frame"]
        referents = self._referents(cue, clause, places)
        if frame == "align":
            self._ally(cue, clause, places, referents)
            for word, sure in own_object(clause, places[0], places[-1]):
                if (admired := self._resolved(word, sure)) is not None:
                    yield from _judgement(cue, clause, admired, label, factor)
            return
        for referent in referents or self._missing_subject(cue, clause, places, sentence):
            yield from _judgement(cue, clause, referent, label, factor)
        if frame == "compare":
            for word, sure in compared(clause, places[0], places[-1]):
                if (other := self._resolved(word, sure)) is not None:
                    yield from _judgement(cue, clause, other, OPPOSITE[label], factor)

    def _referents(self, cue: Match, clause: Clause, places: Sequence[int]) -> list[Referent]:
        found = [self._resolved(word, sure) for word, sure in self._holders(cue, clause, places)]
        return [referent for referent in found if referent is not None]

    def _resolved(self, word: Word, sure: float) -> Referent | None:
        referent = self.memory.resolve(word)
        return replace(referent, score=referent.score * sure) if referent is not None else None

    def _missing_subject(
        self, cue: Match, clause: Clause, places: Sequence[int], sentence: _Sentence
    ) -> Sequence[Referent]:
        """Whom a sentence without a subject judges: what was just quoted, or who was just spoken of."""
        words, frame = clause.words, cue.entry.fields["frame"]
        subjects = any(word.is_subject_like or word.tail for c in sentence.clauses for word in c.words)
        if clause is not sentence.clauses[0]:
            return ()
        opening = [word.word for word in words[: places[0]]]
        if sentence.elliptic and frame in ("compare", "subject") and not DETERMINERS.intersection(opening):
            return sentence.elliptic if head_subject(clause) is None else ()
        last = self.memory.last_subject()
        if last is None or subjects or len(words) > LONGEST_CALL or frame != "predicate":
            return ()
        return (replace(last, score=0.65),)

    def _ally(self, cue: Match, clause: Clause, places: Sequence[int], referents: list[Referent]) -> None:
        for word, _ in following(clause, places[0], places[-1]):
            whom = self.memory.resolve(word)
            if whom is None or clause.question or is_negated(clause, places[0]):
                continue
            self.alliances += [
                _Alliance(who, whom.target, _span(clause), cue.entry.pattern, cue.entry.weight)
                for who in referents
                if who.target != whom.target
            ]

    def _holders(self, cue: Match, clause: Clause, places: Sequence[int]) -> Iterator[Holder]:
        frame = cue.entry.fields["frame"]
        if frame == "within":
            words = [w for w in clause.words if cue.start <= w.start < cue.end]
            yield from ((word, 0.9) for word in words[:4] if word.is_subject_like)
        else:
            yield from FRAMES[frame](clause, places[0], places[-1])


def _reading(cue: Match, clause: Clause, sentence: _Sentence, first: int, own: str) -> tuple[str, float]:
    """Return which way a cue points where it stands, and how much of its weight is left; 0 in a question."""
    label, factor = _LABELS[cue.label], 1.0
    before = [word.word for word in clause.words[:first]]
    if clause.question:
        factor = 0.0
    if clause.conditional and not _ONGOING.intersection(before):
        factor *= CONDITIONAL
    rest = own[cue.end : sentence.span.end] if sentence.span.end - cue.end < 9 else ""
    ironic = sentence.ironic or _SEEN.fullmatch(fold(rest)) is not None
    if label == "favor" and (ironic or own[max(0, cue.start - 1)] in "\"“‘'"):
        return "against", factor * 0.85
    if is_negated(clause, first) != _thinks_not(before):
        return OPPOSITE[label], factor * (NEGATED if label == "favor" else NOT_BLAMED)
    return label, factor


def _thinks_not(before: Sequence[str]) -> bool:
    """Say whether the clause begins with "I don't think"."""
    for place, word in enumerate(before[:6]):
        if word in ("think", "believe", "say", "suppose") and len(before) - place > 1:
            return bool(NEGATIONS.intersection(before[:place])) and "i" in before[:place]
    return False


def _clause_of(cue: Match, sentence: _Sentence) -> Clause | None:
    """Return the clause in which a cue begins; where somebody is named within it, that name's clause."""
    within = cue.entry.fields["frame"] == "within"
    for clause in sentence.clauses:
        if within and any(cue.start <= w.start < cue.end and w.is_subject_like for w in clause.words):
            return clause
        if not within and clause.start <= cue.start < clause.end:
            return clause
    return None


def _judgement(
    cue: Match, clause: Clause, referent: Referent, label: str, factor: float
) -> Iterator[Judgement]:
    score = round(min(1.0, cue.entry.weight * referent.score * factor), 4)
    if score >= LEAST:
        yield Judgement(referent.target, label, score, _span(clause), cue.entry.pattern)


def _span(clause: Clause) -> Span:
    return Span(start=clause.start, end=clause.end)


def _is_reported(cue: Match, clause: Clause, sentence: _Sentence) -> bool:
    """Say whether the words are somebody else's: "X says that ...", "you think that ..."."""
    words = [w for c in sentence.clauses for w in c.words if w.end <= cue.start]
    for place in range(len(words) - 1, max(-1, len(words) - REPORT_REACH - 1), -1):
        if words[place].word in ("but", "although", "though") or ";" in words[place].gap:
            return False
        if words[place].word in _REPORTS:
            return not {"i", "we", "i'd"}.intersection(w.word for w in words[max(0, place - 4) : place])
    return False


def _outside(view: PostView, finder: MentionFinder, above: Sequence[PostView]) -> list[list[Mention]]:
    """Return the mentions that a post can point back to: what it quotes, then the posts above it."""
    quoted = [view.post.text[quote.start : quote.end] for quote in view.quotes]
    return [finder.find(text) for text in [*reversed(quoted), *(post.own for post in above)]]


def _allied(alliances: Iterable[_Alliance], found: Sequence[Judgement]) -> Iterator[Judgement]:
    """Judge those who side with somebody whom the same post judges, the same way."""
    sides: dict[str, set[str]] = {}
    for judgement in found:
        sides.setdefault(judgement.target, set()).add(judgement.label)
    for alliance in alliances:
        labels = sides.get(alliance.whom, set())
        if len(labels) == 1:
            score = round(alliance.score * alliance.who.score, 4)
            yield Judgement(alliance.who.target, next(iter(labels)), score, alliance.span, alliance.entry)
