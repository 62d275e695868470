"""What a post says for or against targets: each judgement with the clause and the words that decide it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from discourse.analysis.base import PostView
from discourse.analysis.stance.clauses import (
    SPEAKERS,
    SUBJECT_WORDS,
    Clause,
    clauses_of,
    head_subject,
    is_skipped,
    words_of,
)
from discourse.analysis.stance.frames import Holder, following, own_object
from discourse.analysis.stance.mentions import Mention, MentionFinder
from discourse.analysis.stance.phrases import DETERMINERS
from discourse.analysis.stance.pointing import may_judge, mentions_outside, stance_words
from discourse.analysis.stance.predicates import FRAMES, compared
from discourse.analysis.stance.read_sentence import Sentence, Tone, clause_of, is_it, is_other, is_undone
from discourse.analysis.stance.references import (
    REACH,
    Memory,
    Referent,
    Said,
    may_mean,
    may_mean_outside,
    stands_for_nothing,
)
from discourse.analysis.stance.scope import GRANTED, Marks, granted, is_denied, is_word, mood, voice
from discourse.analysis.stance.sided import Alliance, Judgement, allied, sides_taken, span_of
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences

LEAST = 0.45  # below it nothing is said
STRANGE = 0.7  # "it is absurd that X says so"
NEGATED = 0.8  # "not honest" says less than "dishonest"
NOT_BLAMED = 0.7  # "not a fool" says less again
LONGEST_SENTENCE = 150  # words
LONGEST_CALL = 8  # words of an outcry such as "What a fool!"
OPPOSITE = {"favor": "against", "against": "favor"}
_WORD = re.compile(r"\w")
_NO_NAMES = frozenset(
    """
    i i'm i've i'd i'll ok god monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december
    """.split()
)
_LABELS = {"praise": "favor", "blame": "against"}
_IRONY = re.compile(
    r"(?<!\S)/s\b|:roll(?:eyes)?:|emoticon_rolleyes|\byeah,? right\b|\bbravo!|\boh please\b|🙄"
    r"|\bfunny,? that\b|\ball right[.!]?$"
)
_SEEN = re.compile(r",? i see[.!]?")  # right after praise: "going splendidly, I see"; not "ah, I see"


def judge_post(
    view: PostView,
    finder: MentionFinder,
    above: Sequence[PostView] = (),
    lang: str | None = None,
    tones: Sequence[Tone] | None = None,
) -> list[Judgement]:
    """Return the judgements of a post's own words in text order; none where nothing is decided.

    Parameters
    ----------
    above
        The posts above it, the one that it answers first: whom its pronouns may mean.
    lang
        The post's language; None where unknown. The lexicon abstains in others than its own.
    tones
        The words of praise and blame in its own words, where they are known.
    """
    outside = mentions_outside(view, finder, above)
    if not may_judge(view, finder, outside, answers_first=len(above) == 1):
        return []
    if tones is None:
        tones = stance_words().match(fold(view.own), lang=lang)
    reader = _Reader(view, finder, outside, answers_first=len(above) == 1)
    found = list(reader.read(tones))
    # the two hold each other: so they go at once, and not only when garbage is looked for
    del reader.memory
    return sorted([*found, *allied(reader.alliances, found)], key=lambda j: (j.span.start, j.target, j.label))


class _Reader:
    """Reads one post from its beginning to its end."""

    def __init__(
        self,
        view: PostView,
        finder: MentionFinder,
        outside: Sequence[Sequence[Mention]],
        *,
        answers_first: bool,
    ) -> None:
        self.view = view
        self.finder = finder
        self.mentions = finder.find(view.own)
        self.memory = Memory(outside=outside)
        self.marks = Marks(view.own)
        self.answers_first = answers_first
        self._opening = view.sentences[0].start if view.sentences else -1
        self._answers = self.memory.answered() is not None
        self._kinds = frozenset(mention.kind for mention in self.mentions)
        self.alliances: list[Alliance] = []

    def read(self, cues: Sequence[Tone]) -> Iterator[Judgement]:
        """Yield the judgements of a post; a sentence without a cue is read if another looks back at it."""
        starts = [cue.start for cue in cues]
        sided = [mention for mention in self.mentions if _follows_side(self.view.own, mention)]
        last_told = max(starts[-1:] + [mention.start for mention in sided[-1:]], default=-1)
        unnamed = REACH + 1  # so many sentences stand between the last one that names a target and this one
        for span, first, last in self._pieces():
            if span.start > last_told:
                return
            named = self._named_in(span)
            begin, end = (bisect_left(starts, edge) for edge in (span.start, span.end))
            judges = begin < end and (bool(named) or self._may_mean(span, first, last, unnamed))
            unnamed = 0 if named else unnamed + 1
            if not judges and not any(mention in sided for mention in named):
                read = partial(self._said, span, first, last, named)
                self.memory.seen.add(read, mentions=bool(named))
                continue
            sentence = self._sentence(span, first, last, named)
            self.memory.seen.add(partial(_said_in, sentence), mentions=bool(named))
            yield from sides_taken(sentence)
            sentence.blames = frozenset(cue.start for cue in cues[begin:end] if cue.label == "blame")
            for cue in cues[begin:end]:
                if cue.end <= span.end:
                    yield from self._judge(cue, sentence)

    def _may_mean(self, span: Span, first: int, last: int, unnamed: int) -> bool:
        """Say whether a sentence that names no target can mean one.

        Parameters
        ----------
        unnamed
            How many sentences stand between it and the last one that names a target.
        """
        words = self.view.words[first:last]
        if unnamed < REACH and may_mean(words, self._kinds):
            return True
        if not unnamed and SUBJECT_WORDS.isdisjoint(words):
            return True  # an outcry about the subject of the sentence before
        if may_mean_outside(words, self.memory.outside):
            return True
        return (self._answers and span.start == self._opening) or bool(self._quoted_before(span))

    def _pieces(self) -> Iterator[tuple[Span, int, int]]:
        """Yield each sentence with which words it has; an endless one in pieces: the work stays linear."""
        starts, ends = self.view.starts, self.view.ends
        for span in self.view.sentences:
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            for begin in range(first, last, LONGEST_SENTENCE):
                end = min(last, begin + LONGEST_SENTENCE)
                whole = last - first <= LONGEST_SENTENCE
                yield span if whole else Span(start=starts[begin], end=ends[end - 1]), begin, end

    def _named_in(self, span: Span) -> Sequence[Mention]:
        if not self.mentions:
            return ()
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, span.end, key=lambda mention: mention.start)
        return self.mentions[first:last]

    def _said(self, span: Span, first: int, last: int, named: Sequence[Mention]) -> Said:
        """Read a sentence without a cue; where it names nobody, for its capitals alone."""
        if named:
            return _said_in(self._sentence(span, first, last, named))
        own, starts, words = self.view.own, self.view.starts, self.view.words
        names = (
            starts[place]
            for place in range(last - 1, first, -1)
            if own[starts[place]].isupper() and words[place] not in _NO_NAMES
        )
        return Said((), next(names, -1))

    def _sentence(self, span: Span, first: int, last: int, named: Sequence[Mention]) -> Sentence:
        own = self.view.own[span.start : span.end]
        words = words_of(self.view, first, last, named)
        clauses = clauses_of(words, question=own.rstrip("\"'”’ )").endswith("?"))
        ironic = bool(_IRONY.search(fold(own)))
        return Sentence(span, clauses, words, ironic, elliptic=self._quoted_before(span))

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

    def _judge(self, cue: Tone, sentence: Sentence) -> Iterator[Judgement]:
        number = clause_of(cue, sentence)
        if number is None:
            return
        clause = sentence.clauses[number]
        places = [i for i, w in enumerate(clause.words) if cue.start <= w.start < cue.end]
        if not places:
            return  # within a target's name
        judged, allies = self._judged(cue, sentence, number, places), cue.entry.fields["frame"] == "align"
        if not judged and not allies:
            return  # as most words of praise and blame
        label, factor, denied = self._reading(cue, sentence, number, places[0])
        if factor == 0:
            return
        if label == "favor" and is_undone(cue, sentence):
            return  # "a perfect fool"
        if allies:
            self._ally(cue, clause, places)
        for referent, holder in judged:
            turned = (holder.sure < 0) != (denied and not holder.presupposed)
            less = (NEGATED if label == "favor" else NOT_BLAMED) if denied and not holder.presupposed else 1.0
            yield from _judgement(cue, clause, referent, OPPOSITE[label] if turned else label, factor * less)

    def _judged(
        self, cue: Tone, sentence: Sentence, number: int, places: Sequence[int]
    ) -> Sequence[tuple[Referent, Holder]]:
        """Return whom a cue judges."""
        frame, clause = cue.entry.fields["frame"], sentence.clauses[number]
        if frame == "verdict":
            return self._answered(cue, sentence)
        after = sentence.clauses[number + 1] if number + 1 < len(sentence.clauses) else None
        if frame == "predicate" and is_it(clause) and after is not None and after.words[0].word == "that":
            head = head_subject(after)
            doers = [Holder(head, STRANGE)] if head is not None and not head.is_possessive else []
            return self._all_resolved(doers)
        if frame == "predicate" and is_it(clause) and stands_for_nothing(clause, after, places[-1]):
            return ()
        if frame == "align":
            return self._all_resolved(own_object(clause, places[0], places[-1]))
        found = self._all_resolved(self._holders(cue, clause, places), clause)
        found = found or self._missing_subject(cue, clause, places, sentence)
        if frame == "compare" and (found or cue.label == "praise"):
            # "worse than X" says nothing of X where what is worse is no target
            others = compared(clause, places[0], places[-1])
            found += self._all_resolved(replace(other, sure=-other.sure) for other in others)
        return found

    def _reading(self, cue: Tone, sentence: Sentence, number: int, first: int) -> tuple[str, float, bool]:
        """Return which way a cue points, how much of its weight is left where it stands, and whether it is
        denied."""
        clause, own, label = sentence.clauses[number], self.view.own, _LABELS[cue.label]
        at = bisect_left(sentence.words, cue.start, key=lambda word: word.start)
        opens = bisect_left(sentence.words, clause.start, key=lambda word: word.start)
        said = voice(sentence.words, at, opens)
        frame = cue.entry.fields["frame"]
        wish = frame in ("wish", "next", "asks")
        factor = abs(said) * mood(clause, first, praise=label == "favor", wish=wish, asks=frame == "asks")
        held = self.marks.around(cue.start, sentence.span.start, sentence.span.end)
        if factor == 0 or (held is not None and (label == "against" or not is_word(held))):
            return label, 0.0, False
        if granted(sentence.clauses, number, praise=label == "favor"):
            factor *= GRANTED
        rest = own[cue.end : sentence.span.end] if sentence.span.end - cue.end < 9 else ""
        ironic = sentence.ironic or held is not None or _SEEN.fullmatch(fold(rest)) is not None
        if label == "favor" and ironic:
            return "against", factor * 0.85, False
        denied = clause.words[first].word not in SPEAKERS and is_denied(clause, first)
        return label, factor, denied != (said < 0)

    def _all_resolved(
        self, holders: Iterable[Holder], clause: Clause | None = None
    ) -> list[tuple[Referent, Holder]]:
        """Return whom words mean, each with the word."""
        found = []
        for holder in holders:
            referent = self.memory.resolve(holder.word)
            if referent is not None and not is_other(holder.word, referent, clause):
                score = referent.score * abs(holder.sure)
                found.append((replace(referent, score=score), holder))
        return found

    def _missing_subject(
        self, cue: Tone, clause: Clause, places: Sequence[int], sentence: Sentence
    ) -> list[tuple[Referent, Holder]]:
        """Whom a sentence without a subject judges: what was just quoted, or who was just spoken of."""
        words, frame = clause.words, cue.entry.fields["frame"]
        if clause is not sentence.clauses[0]:
            return []
        opening, meant = [word.word for word in words[: places[0]]], Holder(words[places[0]], 1.0)
        if sentence.elliptic and frame in ("compare", "subject") and not DETERMINERS.intersection(opening):
            return [(found, meant) for found in sentence.elliptic if head_subject(clause) is None]
        if (
            frame != "predicate"
            or len(words) > LONGEST_CALL
            or any(word.is_subject_like or word.tail for word in sentence.words)
        ):
            return []
        calls = opening[:1] == ["what"] or (cue.label == "blame" and places[0] <= 2)
        if not calls or any(not is_skipped(word) for word in words[places[-1] + 1 :]):
            return []
        last = self.memory.last_subject() or (
            self._opened() if sentence.span.start == self._opening else None
        )
        return [] if last is None else [(replace(last, score=0.65), meant)]

    def _opened(self) -> Referent | None:
        """Return the one target of the post that opened the thread, where this post answers it."""
        return self.memory.answered() if self.answers_first else None

    def _answered(self, cue: Tone, sentence: Sentence) -> list[tuple[Referent, Holder]]:
        """Return what an answer such as "Good riddance." is about: the one target of the post answered."""
        others = sum(word.start < cue.start or word.start >= cue.end for word in sentence.words)
        found = self.memory.answered() if others <= 1 and sentence.span.start == self._opening else None
        if found is None or not (cue.label == "blame" or found.kind in ("measure", "other")):
            return []
        return [(found, Holder(sentence.words[0], 1.0))]

    def _ally(self, cue: Tone, clause: Clause, places: Sequence[int]) -> None:
        referents = [whom for whom, _ in self._all_resolved(self._holders(cue, clause, places), clause)]
        for holder in following(clause, places[0], places[-1]):
            whom = self.memory.resolve(holder.word)
            if whom is None or clause.question or is_denied(clause, places[0]):
                continue
            self.alliances += [
                Alliance(who, whom.target, span_of(clause), cue.entry.pattern, cue.entry.weight)
                for who in referents
                if who.target != whom.target
            ]

    def _holders(self, cue: Tone, clause: Clause, places: Sequence[int]) -> Iterator[Holder]:
        frame = cue.entry.fields["frame"]
        if frame == "within":
            words = [w for w in clause.words if cue.start <= w.start < cue.end]
            yield from (Holder(word, 0.9) for word in words[:4] if word.is_subject_like)
        else:
            yield from FRAMES[frame](clause, places[0], places[-1])


def _said_in(sentence: Sentence) -> Said:
    """Return what later sentences look back for in one that was read."""
    mentions: list[tuple[Mention, bool]] = []
    named = -1
    for clause in sentence.clauses:
        head = head_subject(clause)
        for word in clause.words:
            if word.mention is not None:
                mentions.append((word.mention, word is head and not word.is_possessive))
            elif word.capital and word.start > sentence.span.start and word.word not in _NO_NAMES:
                named = word.start
    return Said(mentions, named)


def _follows_side(own: str, mention: Mention) -> bool:
    """Say whether a mention follows "pro-" or "anti-" at once."""
    return fold(own[max(0, mention.start - 5) : mention.start]).endswith(("pro-", "anti-"))


def _judgement(
    cue: Tone, clause: Clause, referent: Referent, label: str, factor: float
) -> Iterator[Judgement]:
    score = round(min(1.0, cue.entry.weight * referent.score * factor), 4)
    if score >= LEAST:
        yield Judgement(referent.target, label, score, span_of(clause), cue.entry.pattern)
