"""Claims of exchanges that go round in circles, where no value and no plain denial shows what is disputed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from discourse.analysis.base import PostView, ThreadView, maker, merge_overlaps, read_threads
from discourse.analysis.loops.circling import Rated, circling, shared_part
from discourse.analysis.loops.claim_rows import claim_rows, claims_by_thread, last_number
from discourse.analysis.loops.criteria import MIN_TURNS
from discourse.analysis.loops.dispute import Dispute, Stand, with_own_quotes
from discourse.analysis.loops.exchange_features import core_words
from discourse.analysis.loops.exchanges import Exchange
from discourse.analysis.loops.question import EXCHANGES
from discourse.learn.claims import same_claim
from discourse.learn.loops import LANGUAGES, shipped
from discourse.model import Annotation, Claim, Span
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of
from discourse.text.tokens import content_stems, stem

_MOST = 40  # exchanges of one thread that are written down
_SAME = 0.5  # F1 of posts from which an exchange is a dispute that is known already
_COMPARED = 40  # sentences of one side that are compared with each other
_SHORT, _LONG = 4, 30  # words of a sentence that states a claim, neither a stub nor a speech


class Exchanges:
    """Finds the two sides of exchanges that are likely loops, by how they go and not by what is claimed.

    Two authors who answer each other again and again, and who repeat themselves, hold something
    against each other, whether or not words show what. Each side's claim is quoted: the sentence that
    holds most of the words on which the exchange turns. The score is how likely the exchange is a loop.
    """

    name = EXCHANGES
    version = 3
    requires = frozenset({"posts", "claims", "annotations:claim", "annotations:quote", "annotations:reply"})
    # a part of its own: how posts stand to each other, on which it rests, is judged with the other claims
    assigns = frozenset({"claims:exchanges", "annotations:claim:exchanges"})

    def analyze(self, tables: Tables) -> Tables:
        """Return two claims for each such exchange, and a row for each of its posts."""
        known = claims_by_thread(tables)
        claims: list[Claim] = []
        rows: list[Annotation] = []
        for thread in read_threads(tables):
            given = known[thread.thread_id]
            number = last_number(given)
            for dispute in _disputes(with_own_quotes(thread), given):
                pair, stands = claim_rows(thread, dispute, number, maker(self))
                number += 2
                claims += pair
                rows += stands
        return Tables(
            {"claims": frame_of(CLAIMS, claims), "annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))}
        )


def _disputes(thread: ThreadView, known: Sequence[Claim]) -> Iterator[Dispute]:
    if not thread.speaks(LANGUAGES[0]):
        return
    taken = _known_disputes(thread, known)
    authors = [view.post.author for view in thread.posts]
    for rated in circling(thread, shipped(), most=_MOST)[:_MOST]:
        posts = set(rated.exchange.all_posts)
        if all(shared_part(posts, other) < _SAME for other in taken):
            core = core_words(rated.exchange, authors, rated.words)
            # most turn on no word: nothing tells what they claim
            if core and _is_two_sided(thread, dispute := _dispute(thread, rated, authors, core)):
                yield dispute


def _is_two_sided(thread: ThreadView, dispute: Dispute) -> bool:
    """Say whether either side says something, and not both the same in the same words."""
    clearest = {stand.side: stand for stand in dispute.stands if stand.exact}
    if clearest.keys() != {0, 1}:
        return False
    one, other = (thread.posts[stand.post].words_in(stand.span) for stand in clearest.values())
    return one != other


def _known_disputes(thread: ThreadView, claims: Sequence[Claim]) -> list[set[int]]:
    """Return the posts of each pair of values, or of claims of people, that enough posts take up."""
    pairs: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)  # those in which each claim stands
    for claim in claims:
        if claim.value is None and not claim.annotator.startswith("human:"):
            continue  # a term that one side affirms and the other denies is the weaker sign
        for rival in (claim.conflicts_with or "").split():
            pair = tuple(sorted((claim.claim_id, rival)))
            pairs[claim.claim_id][pair] = pairs[rival][pair] = None
    places = thread.places
    posts: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in thread.annotations:
        if row.layer == "claim" and row.target:
            for pair in pairs.get(row.target, ()):
                posts[pair].add(places[row.post_id])
    return [found for found in posts.values() if len(found) >= MIN_TURNS]


def _dispute(thread: ThreadView, rated: Rated, authors: Sequence[str], core: Sequence[str]) -> Dispute:
    """Lay out who stands where; posts without own words, which may quote the other side, claim nothing."""
    exchange = rated.exchange
    sides = {place: exchange.side(authors[place]) for place in exchange.posts}
    sides |= dict(exchange.joined)
    spoken = [place for place in sorted(sides) if thread.posts[place].words]
    spans = {place: _sentence(thread.posts[place], core) for place in spoken}
    by_side = [{place: spans[place] for place in spoken if sides[place] == side} for side in (0, 1)]
    plainest = {_plainest(thread, its) for its in by_side if its}
    stands = tuple(
        Stand(place, sides[place], span, denies=False, score=rated.share, exact=place in plainest)
        for place, span in spans.items()
    )
    return Dispute(attribute="", values=None, stands=stands, matter=_in_full(thread, exchange, core))


def _in_full(thread: ThreadView, exchange: Exchange, core: Sequence[str]) -> tuple[str, ...]:
    """Return for each stem the word that stands for it most often, as it is written.

    Of equally frequent ones the first by letters.
    """
    forms: dict[str, Counter[str]] = {word: Counter() for word in core}
    for place in exchange.posts:
        view = thread.posts[place]
        for token in view.tokens:
            if (found := stem(token.word)) in forms:
                forms[found][view.post.text[token.start : token.end]] += 1
    return tuple(_commonest(its) for its in forms.values() if its)


def _commonest(forms: Counter[str]) -> str:
    """Return the commonest form, in small letters where it stands in them anywhere."""
    folded: Counter[str] = Counter()
    for form, count in forms.items():
        folded[form.lower() if form.lower() in forms else form] += count
    return min(folded, key=lambda form: (-folded[form], form))


def _sentence(view: PostView, core: Sequence[str]) -> Span:
    """Return the sentence of a post with own words that holds most of some stems.

    Among equals a statement goes before a question, one of few words before a long one, then the first.
    """
    best: tuple[tuple[int, bool, bool], Span] | None = None
    for span in view.sentences:
        words = view.words_in(span)
        stems = set(content_stems(words))
        asks = view.own[span.start : span.end].rstrip(" \"')").endswith("?")
        rank = (sum(word in stems for word in core), not asks, len(words) <= _LONG)
        if best is None or rank > best[0]:
            best = (rank, span)
    return _trimmed(view, best[1]) if best else Span(start=0, end=max(1, len(view.post.text)))


def _trimmed(view: PostView, span: Span) -> Span:
    text = view.post.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start=start, end=max(start + 1, span.start + len(text.rstrip())))


def _is_statement(view: PostView, span: Span) -> bool:
    """Say whether a sentence states something in a few words: no question, no fragment, no speech."""
    text = view.own[span.start : span.end].strip()
    return _SHORT <= len(view.words_in(span)) <= _LONG and text[:1].isalnum() and "?" not in text[-3:]


def _plainest(thread: ThreadView, spans: Mapping[int, Span]) -> int:
    """Return the post whose sentence says most nearly what the others of its side say.

    Sentences of a few words come before speeches and stubs; among equals the first. Of a long exchange
    the first sentences alone are compared, as the pairs of all would be too many.
    """
    fits = {place: _is_statement(thread.posts[place], span) for place, span in spans.items()}
    ranked = sorted(spans, key=lambda place: (not fits[place], place))
    if len(ranked) < 3 or fits[ranked[0]] > fits[ranked[1]]:
        return ranked[
            0
        ]  # two are as like each other as the other way round, and one alone that fits comes first
    compared = sorted(ranked[:_COMPARED])
    texts = {p: thread.posts[p].post.text[spans[p].start : spans[p].end] for p in compared}
    pairs = list(combinations(compared, 2))
    likeness: dict[int, float] = dict.fromkeys(texts, 0.0)
    for (one, other), share in zip(pairs, same_claim([(texts[i], texts[j]) for i, j in pairs]), strict=True):
        likeness[one] += float(share)
        likeness[other] += float(share)

    def rank(place: int) -> tuple[bool, float, int]:
        return fits[place], likeness[place], -place

    return max(texts, key=rank)
