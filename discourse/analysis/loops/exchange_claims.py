"""Claims of exchanges that go round in circles, where no value and no plain denial shows what is disputed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from discourse.analysis.base import PostView, ThreadView, maker, merge_overlaps, read_threads
from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.circling import Rated, circling, shared_part
from discourse.analysis.loops.claim_rows import claim_rows
from discourse.analysis.loops.criteria import MIN_TURNS
from discourse.analysis.loops.dispute import Dispute, Stand, with_own_quotes
from discourse.analysis.loops.exchange_features import core_words
from discourse.analysis.loops.exchanges import Exchange
from discourse.analysis.loops.question import EXCHANGES
from discourse.learn.claims import same_claim
from discourse.learn.loops import LANGUAGES, shipped
from discourse.model import Annotation, Claim, Span
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of, rows_of
from discourse.text.tokens import content_stems, stem

_MOST = 40  # exchanges of one thread that are written down
_SAME = 0.5  # F1 of posts from which an exchange is a dispute that is known already
_SHORT, _LONG = 4, 30  # words of a sentence that states a claim, neither a stub nor a speech


class Exchanges:
    """Finds the two sides of exchanges that are likely loops, by how they go and not by what is claimed.

    Two authors who answer each other again and again, and who repeat themselves, hold something
    against each other, whether or not words show what. Each side's claim is quoted: the sentence that
    holds most of the words on which the exchange turns. The score is how likely the exchange is a loop.
    """

    name = EXCHANGES
    version = 1
    requires = frozenset({"posts", "claims", "annotations:claim", "annotations:quote", "annotations:reply"})
    # a part of its own: how posts stand to each other, on which it rests, is judged with the other claims
    assigns = frozenset({"claims:exchanges", "annotations:claim:exchanges"})

    def analyze(self, tables: Tables) -> Tables:
        """Return two claims for each such exchange, and a row for each of its posts."""
        known: dict[str, int] = defaultdict(int)
        for claim in rows_of(Claim, tables["claims"]):
            known[claim.thread_id] += 1
        claims: list[Claim] = []
        rows: list[Annotation] = []
        for thread in read_threads(tables):
            for dispute in _disputes(with_own_quotes(thread)):
                pair, stands = claim_rows(thread, dispute, known[thread.thread_id], maker(self))
                known[thread.thread_id] += 2
                claims += pair
                rows += stands
        return Tables(
            {"claims": frame_of(CLAIMS, claims), "annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))}
        )


def _disputes(thread: ThreadView) -> Iterator[Dispute]:
    if not thread.speaks(LANGUAGES[0]):
        return
    taken = _known_disputes(thread)
    for rated in circling(thread, shipped())[:_MOST]:
        posts = set(rated.exchange.all_posts)
        if all(shared_part(posts, other) < _SAME for other in taken):
            yield _dispute(thread, rated)


def _known_disputes(thread: ThreadView) -> list[set[int]]:
    """Return the posts of each pair of claims that as many posts take up as a loop needs."""
    places = {view.post.post_id: place for place, view in enumerate(thread.posts)}
    posts: dict[int, set[int]] = defaultdict(set)
    for row in thread.annotations:
        if row.layer == "claim" and row.target:
            # claims are numbered in pairs: the first and the second, the third and the fourth
            posts[(int(row.target.rpartition(":c")[2]) - 1) // 2].add(places[row.post_id])
    return [found for found in posts.values() if len(found) >= MIN_TURNS]


def _dispute(thread: ThreadView, rated: Rated) -> Dispute:
    exchange = rated.exchange
    core = core_words(exchange, Answers(thread), rated.words)
    sides = {place: exchange.side(thread.posts[place].post.author) for place in exchange.posts}
    sides |= dict(exchange.joined)
    spans = {place: _sentence(thread.posts[place], core) for place in sorted(sides)}
    plainest = {side: _plainest(thread, {p: spans[p] for p in spans if sides[p] == side}) for side in (0, 1)}
    stands = tuple(
        Stand(place, sides[place], span, denies=False, score=rated.share, exact=place in plainest.values())
        for place, span in spans.items()
    )
    return Dispute(attribute="", values=None, stands=stands, matter=_in_full(thread, exchange, core))


def _in_full(thread: ThreadView, exchange: Exchange, core: Sequence[str]) -> tuple[str, ...]:
    """Return for each stem the word that stands for it most often; of equal ones the first by letters."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in core}
    for place in exchange.posts:
        for token in thread.posts[place].tokens:
            if (found := stem(token.word)) in forms:
                forms[found][token.word] += 1
    return tuple(min(its, key=lambda word: (-its[word], word)) for its in forms.values() if its)


def _sentence(view: PostView, core: Sequence[str]) -> Span:
    """Return the sentence that holds most of some stems.

    Among equals a statement goes before a question, one of few words before a long one, then the
    first. A post without words of its own is taken whole.
    """
    best: tuple[tuple[int, bool, bool], Span] | None = None
    for span in view.sentences:
        words = view.tokens_in(span)
        stems = set(content_stems(token.word for token in words))
        asks = view.own[span.start : span.end].rstrip(" \"')").endswith("?")
        rank = (sum(word in stems for word in core), not asks, len(words) <= _LONG)
        if best is None or rank > best[0]:
            best = (rank, span)
    return best[1] if best else Span(start=0, end=max(1, len(view.post.text)))


def _plainest(thread: ThreadView, spans: Mapping[int, Span]) -> int:
    """Return the post whose sentence says most nearly what the others of its side say.

    Sentences of a few words come before speeches and stubs; among equals the first.
    """
    texts = {place: thread.posts[place].post.text[span.start : span.end] for place, span in spans.items()}
    pairs = [(one, other) for one, other in product(texts, texts) if one < other]
    likeness: dict[int, float] = dict.fromkeys(texts, 0.0)
    for (one, other), share in zip(pairs, same_claim([(texts[i], texts[j]) for i, j in pairs]), strict=True):
        likeness[one] += float(share)
        likeness[other] += float(share)

    def rank(place: int) -> tuple[bool, float, int]:
        length = len(thread.posts[place].tokens_in(spans[place]))
        return _SHORT <= length <= _LONG, likeness[place], -place

    return max(texts, key=rank)
