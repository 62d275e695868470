"""Sentences of the articles beside a thread that bear on its disputes, with their values and speakers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops.context_matter import Find, Matter, Vocabulary, matter_of
from discourse.analysis.loops.context_sentences import Page
from discourse.analysis.loops.recurring_claims import RECURRING
from discourse.model import Article, Claim, Loop, Span, Turn
from discourse.tables import CLAIM_CONTEXT, CONTEXT, Tables, frame_of, rows_of

_MOST = 12  # sentences of one article for one dispute
Place = tuple[str, int, int, int]  # source, line of its article, and the sentence in the article's text
Row = dict[str, Any]
Stands = Mapping[str, Sequence[tuple[str, Span]]]


class Context:
    """Shows what articles say about a dispute: it does not judge who is right.

    Read are the page's own article, and those of sources from which no post was taken. A
    sentence bears on a dispute where it gives a value that is disputed, another value of the
    same kind among words of the dispute, a day on which it begins or ends, or enough of the
    claims' words; or where it goes on from such a sentence ("it ended on ...").

    Loops have their sentences in `context`, claims in no loop have theirs in `claim_context`; claims
    that are merely made again and again have none. A sentence that gives several values has a row
    for each, with the speaker of that one.
    Values are read in any language as far as digits and units go, speakers in English.
    """

    name = "context"
    version = 2
    requires = frozenset(
        {"posts", "articles", "loops", "turns", "claims", "claims:exchanges"}
        | {"annotations:claim", "annotations:claim:exchanges", "annotations:quote"}
    )
    assigns = frozenset({"context", "claim_context"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the sentences; offsets are into the text of the article that begins on `start_line`."""
        # most dumps hold no article, and most threads no claim that is disputed
        claims = {} if tables["articles"].empty else _claims(tables)
        of_loops, of_claims = _rows_of(tables, claims) if claims else ([], [])
        return Tables(
            {"context": frame_of(CONTEXT, of_loops), "claim_context": frame_of(CLAIM_CONTEXT, of_claims)}
        )


def _rows_of(tables: Tables, claims: Mapping[str, dict[str, Claim]]) -> tuple[list[Row], list[Row]]:
    """Return the sentences of loops, and those of claims."""
    loops, turns = _loops(tables), _turns(tables)
    taken = tables.sources_of_posts()
    beside = [Page(a) for a in rows_of(Article, tables["articles"]) if a.source_id not in taken]
    of_loops: list[Row] = []
    of_claims: list[Row] = []
    for thread in read_threads(tables):
        own = claims.get(thread.thread_id)
        pages = [*map(Page, thread.articles), *beside] if own else []
        if own and pages:
            known = Vocabulary(thread)
            here = _of_thread(loops, thread)
            of_loops += _loop_rows(thread, known, here, turns, own, pages)
            of_claims += _claim_rows(thread, known, here, own, pages)
    return of_loops, of_claims


def _loops(tables: Tables) -> Mapping[str, list[tuple[int, Loop]]]:
    """Return loops with their places in the table, by their first post."""
    found: dict[str, list[tuple[int, Loop]]] = defaultdict(list)
    for place, loop in enumerate(rows_of(Loop, tables["loops"])):
        found[loop.first_post].append((place, loop))
    return found


def _of_thread(loops: Mapping[str, list[tuple[int, Loop]]], thread: ThreadView) -> list[Loop]:
    """Return the loops of a thread in the table's order."""
    here = [one for post_id in thread.by_id for one in loops.get(post_id, ())]
    return [loop for _, loop in sorted(here, key=lambda one: one[0])]


def _turns(tables: Tables) -> Stands:
    found: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for turn in rows_of(Turn, tables["turns"]):
        found[turn.loop_id].append((turn.post_id, Span(start=turn.start, end=turn.end)))
    return found


def _claims(tables: Tables) -> Mapping[str, dict[str, Claim]]:
    """Return the claims of each thread by their id, those that are merely made again left out."""
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in rows_of(Claim, tables["claims"]):
        if claim.annotator.partition("@")[0] != RECURRING:
            found[claim.thread_id].setdefault(claim.claim_id, claim)
    return found


def _loop_rows(  # noqa: PLR0917
    thread: ThreadView,
    known: Vocabulary,
    loops: Sequence[Loop],
    turns: Stands,
    claims: Mapping[str, Claim],
    pages: Sequence[Page],
) -> Iterator[Row]:
    for loop in {loop.loop_id: loop for loop in loops}.values():
        pair = [claims[name] for name in (loop.claim_a, loop.claim_b) if name in claims]
        if not pair:
            continue
        matter = matter_of(thread, pair, turns[loop.loop_id], known)
        for page, find in _finds(matter, pages):
            claim_id = None if find.side is None else pair[find.side].claim_id
            yield {"loop_id": loop.loop_id, **_row(page, find), "claim_id": claim_id}


def _claim_rows(
    thread: ThreadView,
    known: Vocabulary,
    loops: Sequence[Loop],
    claims: Mapping[str, Claim],
    pages: Sequence[Page],
) -> Iterator[Row]:
    """Yield the sentences of claims that are in no loop, those of a pair for both of them."""
    in_loops = {name for loop in loops for name in (loop.claim_a, loop.claim_b)}
    stands: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for row in thread.annotations:
        if row.layer == "claim" and row.target is not None:
            stands[row.target].append((row.post_id, Span(start=row.start, end=row.end)))
    matters: dict[tuple[str, ...], list[tuple[Page, Find]]] = {}
    for claim in claims.values():
        if claim.claim_id in in_loops:
            continue
        names = _pair(claim, claims)
        if names not in matters:
            both = [stand for name in names for stand in stands[name]]
            matter = matter_of(thread, [claims[name] for name in names], both, known)
            matters[names] = list(_finds(matter, pages))
        for page, find in matters[names]:
            gives = (
                None if find.value is None else find.side is not None and names[find.side] == claim.claim_id
            )
            yield {"claim_id": claim.claim_id, **_row(page, find), "gives": gives}


def _pair(claim: Claim, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    rivals = [name for name in (claim.conflicts_with or "").split() if name in claims]
    return tuple(sorted({claim.claim_id, *rivals[:1]}, key=list(claims).index))


def _finds(matter: Matter, pages: Sequence[Page]) -> Iterator[tuple[Page, Find]]:
    """Yield the best sentences of each article, in the article's order, once for each of their values."""
    done: set[tuple[Place, str | None]] = set()
    for page in pages:
        sentences: dict[int, list[Find]] = defaultdict(list)
        for find in matter.finds(page):
            sentences[find.sentence.span.start].append(find)
        best = sorted(sentences, key=lambda start: (-max(find.score for find in sentences[start]), start))
        for find in (find for start in sorted(best[:_MOST]) for find in sentences[start]):
            span = find.sentence.span
            place = (page.article.source_id, page.article.start_line, span.start, span.end)
            if (place, find.value) not in done:
                done.add((place, find.value))
                yield page, find


def _row(page: Page, find: Find) -> Row:
    span = find.sentence.span
    return {
        "source_id": page.article.source_id,
        "start": span.start,
        "end": span.end,
        "value": find.value,
        "attributed_to": find.sentence.speaker(find.at),
        "quote": find.sentence.text,
        "start_line": page.article.start_line,
        "score": find.score,
    }
