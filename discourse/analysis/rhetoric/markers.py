"""Rhetoric markers: what lexicons, rules and models say of passages, one row where they speak of the same."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from discourse.analysis.base import PostView, annotation, annotations_table, read_threads
from discourse.analysis.rhetoric.evidence import RULES_VERSION as EVIDENCE_VERSION
from discourse.analysis.rhetoric.evidence import Found, evidence_gates, find_evidence, quoted_stretches
from discourse.analysis.rhetoric.modelled import languages_of_models, model_rows
from discourse.analysis.rhetoric.name_calling import is_name_calling
from discourse.analysis.rhetoric.own_voice import is_held, is_own_voice
from discourse.analysis.rhetoric.question_kinds import Question, judged, questions_in
from discourse.analysis.rhetoric.restatements import LABELS as MOVES
from discourse.analysis.rhetoric.restatements import RULES_VERSION as MOVES_VERSION
from discourse.analysis.rhetoric.restatements import Move, find_moves, move_gates
from discourse.learn.second_opinion import SecondOpinion
from discourse.lexicon import Lexicons, Match, load_lexicons, load_with_user
from discourse.model import Annotation, Span
from discourse.tables import Tables
from discourse.text.negation import is_negated
from discourse.text.normalise import fold

LEXICONS = (
    "hedges",
    "boosters",
    "evidence_cues",
    "insults",
    "loaded_language",
    "moves",
    "appeals",
)
QUESTIONS = ("questions",)  # read apart: a question's kind is judged by all that speaks for it
CHARGED = frozenset({"name_calling", "loaded_language", "dismissal", "concession", "policing"})
QUESTION_LABELS = ("rhetorical_question", "clarifying_question")
LANGUAGE = "en"  # of the rules; lexicons state their own
_BATCH = 512  # posts whose words are looked for together
LONGEST_ENTRY = 80  # code points of a pattern that the column `entry` shows


class RhetoricMarkers:
    """Marks what passages of a post's own words do, by lexicons, rules and models.

    The `annotator` is the lexicon, rule or model that decided, `entry` its entry (cut at
    `LONGEST_ENTRY`), `detail` the kind of evidence. A post in another language than that
    of a lexicon or of the rules gets no row from it.
    """

    name = "rhetoric"
    version = 3
    requires = frozenset({"posts", "annotations:quote"})
    assigns = frozenset({"annotations:rhetoric"})

    def __init__(
        self, *, models: bool = True, lexicons: Path | None = None, second: SecondOpinion | None = None
    ) -> None:
        """Take whether the models speak too, a folder of the user's own lexicons, and who is asked beside
        the linear models of sentences."""
        self._models = models
        self._folder = lexicons
        self._second = second

    def analyze(self, tables: Tables) -> Tables:
        """Return new rows of the annotations table, layer rhetoric."""
        lexicons = load_with_user(self._folder, LEXICONS)
        questions = load_lexicons(names=QUESTIONS)
        views = [view for thread in read_threads(tables) for view in thread.posts]
        rows = list(mark_posts(views, lexicons, questions))
        modelled = list(model_rows(views, self._second)) if self._models else []
        return annotations_table(list(_one_kind_of_question([*rows, *modelled])))


def _one_kind_of_question(rows: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yield all rows but questions that words and models read in two ways: of these the surer stand.

    A question that makes a proposal is a request: it neither asserts nor asks in order to understand.
    """
    best: dict[tuple[str, int], Annotation] = {}
    offers: dict[str, list[Annotation]] = {}
    for row in rows:
        if row.label == "proposal":
            offers.setdefault(row.post_id, []).append(row)
        if row.label in QUESTION_LABELS:
            known = best.setdefault((row.post_id, row.start), row)
            best[row.post_id, row.start] = max(known, row, key=lambda one: one.score)
    for row in rows:
        if row.label not in QUESTION_LABELS or (
            row.label == best[row.post_id, row.start].label
            and not any(row.start <= offer.start < row.end for offer in offers.get(row.post_id, ()))
        ):
            yield row


def languages_of_labels(lexicons: Lexicons, questions: Lexicons) -> dict[str, frozenset[str]]:
    """Return for each label that something can give the languages (ISO 639-1) in which something makes it.

    A label without a maker is not named: of it nothing is known, which is not the same as that no post
    has it. Lexicons and rules speak by `mark_post`, models by `modelled.model_shares`; whoever adds a
    maker names its labels here.
    """
    found: dict[str, set[str]] = {label: {LANGUAGE} for label in ("evidence", *MOVES)}
    for label, languages in languages_of_models().items():
        found.setdefault(label, set()).update(languages)
    for lexicon in (*lexicons.by_name.values(), *questions.by_name.values()):
        for label in lexicon.labels:
            found.setdefault(label, set()).update(lexicon.languages)
    return {label: frozenset(languages) for label, languages in sorted(found.items())}


def mark_post(view: PostView, lexicons: Lexicons, questions: Lexicons) -> Iterator[Annotation]:
    """Yield the markers of one post, by place within each maker; overlaps are not yet joined."""
    return mark_posts([view], lexicons, questions)


def mark_posts(views: Sequence[PostView], lexicons: Lexicons, questions: Lexicons) -> Iterator[Annotation]:
    """Yield the same of many posts, one after the other: what most of them lack is looked for once in all."""
    for first in range(0, len(views), _BATCH):
        yield from _mark_batch(views[first : first + _BATCH], lexicons, questions)


def _mark_batch(views: Sequence[PostView], lexicons: Lexicons, questions: Lexicons) -> Iterator[Annotation]:
    texts = [fold(view.own) for view in views]
    found = lexicons.match_in(texts, [view.post.lang for view in views])
    judgements = _questions_of(views, questions)
    gates = zip(evidence_gates(texts), move_gates(texts), strict=True)
    for view, folded, matches, asked, (of_evidence, of_moves) in zip(
        views, texts, found, judgements, gates, strict=True
    ):
        if matches:
            yield from _lexicon_rows(view, folded, matches, quoted_stretches(folded))
        if of_evidence and _is_known(view):
            yield from _evidence_rows(view, find_evidence(folded, of_evidence))
        yield from _question_rows(view, asked)
        if of_moves and _is_known(view):
            yield from _move_rows(view, find_moves(folded, of_moves))


def _is_known(view: PostView) -> bool:
    """Say whether a post may be in the language of the rules."""
    return view.post.lang is None or view.post.lang == LANGUAGE


def _questions_of(views: Sequence[PostView], lexicons: Lexicons) -> list[list[Question]]:
    """Return the questions of each post that can be told; their words are looked for together."""
    asked = [list(questions_in(view)) if _is_known(view) else [] for view in views]
    langs = [view.post.lang for view, some in zip(views, asked, strict=True) for _ in some]
    found = iter(lexicons.match_in([one.words for some in asked for one in some], langs))
    return [[question for one in some for question in judged(one, next(found))] for some in asked]


def _lexicon_rows(
    view: PostView, folded: str, matches: Iterable[Match], mentions: Sequence[Span]
) -> Iterator[Annotation]:
    starts = [span.start for span in mentions]
    for match in matches:
        place = bisect_right(starts, match.start) - 1
        is_mention = place >= 0 and match.end <= mentions[place].end
        if not is_mention and _counts(match, folded):
            yield annotation(
                view,
                Span(start=match.start, end=match.end),
                layer="rhetoric",
                label=match.label,
                by=match.by,
                score=match.entry.weight,
                detail=match.entry.fields.get("detail"),
                entry=_shown(match.entry.pattern),
            )


def _counts(match: Match, folded: str) -> bool:
    """Say whether a match does what its entry says, given the words around it."""
    if match.label in CHARGED and not is_own_voice(folded, match.start, match.end):
        return False
    if match.label == "appeal_to_fear":
        return is_held(folded, match.start, match.end)
    if match.label == "name_calling":
        return is_name_calling(match, folded)
    if match.label == "booster":
        keeps = match.entry.fields.get("negated") == "keep"
        return keeps or not is_negated(folded, match.start, reach=2)
    if match.label == "hedge":
        return match.entry.fields.get("negated") != "drop" or not is_negated(folded, match.start, reach=1)
    return True


def _evidence_rows(view: PostView, evidence: Iterable[Found]) -> Iterator[Annotation]:
    for found in evidence:
        yield annotation(
            view,
            found.span,
            layer="rhetoric",
            label="evidence",
            by=f"evidence_forms@{EVIDENCE_VERSION}",
            score=found.score,
            detail=found.kind,
            entry=f"rule: {found.kind}",
        )


def _move_rows(view: PostView, moves: Iterable[Move]) -> Iterator[Annotation]:
    for move in moves:
        yield annotation(
            view,
            move.span,
            layer="rhetoric",
            label=move.label,
            by=f"move_forms@{MOVES_VERSION}",
            score=move.score,
            entry=f"rule: {move.label}",
        )


def _question_rows(view: PostView, questions: Iterable[Question]) -> Iterator[Annotation]:
    for question in questions:
        yield annotation(
            view,
            question.span,
            layer="rhetoric",
            label=question.label,
            by=question.by,
            score=question.score,
            entry=_shown(question.entry),
        )


def _shown(pattern: str) -> str:
    return pattern if len(pattern) <= LONGEST_ENTRY else f"{pattern[: LONGEST_ENTRY - 3]}..."
