"""Claims that are made again and again: by several authors, or by one who repeats himself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from discourse.analysis.base import ThreadView, annotation, maker, merge_overlaps, read_threads
from discourse.analysis.loops.claim_rows import claims_by_thread, last_number
from discourse.analysis.loops.dispute import Links, with_own_quotes
from discourse.analysis.loops.recurring_gate import SHORT, TIMES, may_be_one, may_recur
from discourse.analysis.loops.statements import Statement, statements_of, telling
from discourse.learn.claim_lexicon import meanings
from discourse.learn.claims import LANGUAGES, same_with_signs
from discourse.model import Annotation, Claim, Span
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of
from discourse.text.alike import alike
from discourse.text.gone import is_gone

RECURRING = "recurring"
LEAST = 0.5  # cosine of the words of two statements that may be of one claim
LIKELY = 0.95  # share (`learn.claims`) from which they are; set by hand and high, as no gold tells
_SHORT_LEAST = 0.8  # cosine that is asked of statements so short that all of their words must be the same
_UNJUDGED = 0.8  # cosine that is asked of languages whose words nothing was learned of
# words in a row that somebody else has written: quoted, not said; fewer are where his post is answered
_COPIED, _COPIED_BELOW = 9, 5
_MOST = 100  # claims of one thread that are written down
_MOST_PAIRS = 20_000  # of one thread that are judged, those most alike first
_LONGEST = 240  # characters of a claim's text
_CLEAR = range(4, 26)  # words of a clear statement
_MOST_ORDERS = 50  # orders of the same words in one frame that are compared

Node = list[Statement]  # with the same words that count, in the same order and frame


class Recurring:
    """Brings together the statements of different posts that say the same.

    A claim is written down where posts of at least two authors make it in the same sense, or one author
    in at least three posts. Who is gone ("[deleted]") counts as no author. Its text is the clearest wording,
    a quotation; nothing conflicts with it. What a post quotes, asks, or copies from another is no statement
    of its own, and a claim that is known already, since another is held against it, is not written twice.
    """

    name = RECURRING
    version = 1
    requires = frozenset(
        {"posts", "claims", "claims:exchanges", "annotations:claim", "annotations:claim:exchanges"}
        | {"annotations:quote"}
    )
    assigns = frozenset({"claims:recurring", "annotations:claim:recurring"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the claims of each thread, those of most authors first, and a row for each post."""
        known = claims_by_thread(tables)
        claims: list[Claim] = []
        rows: list[Annotation] = []
        for thread in read_threads(tables):
            number = last_number(known[thread.thread_id])
            for said in _recurring(with_own_quotes(thread))[:_MOST]:
                number += 1
                claim_id = f"{thread.thread_id}:c{number}"
                text = said[0][0].text[:_LONGEST]
                claims.append(
                    Claim(claim_id=claim_id, thread_id=thread.thread_id, text=text, annotator=maker(self))
                )
                rows += _rows(thread, said, claim_id, maker(self))
        return Tables(
            {"claims": frame_of(CLAIMS, claims), "annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))}
        )


def _recurring(thread: ThreadView) -> list[list[tuple[Statement, float]]]:
    """Return the statements of each claim with how likely each makes it, the clearest one first."""
    is_known = thread.speaks(LANGUAGES[0])
    if not may_recur(thread, known=is_known):
        return []
    links = thread.remembered(Links)
    numbers: dict[tuple[object, ...], int] = {}  # of frames
    nodes: dict[tuple[tuple[str, ...], int], Node] = defaultdict(list)
    for statement in statements_of(thread, known=is_known):
        nodes[statement.stems, numbers.setdefault(statement.frame, len(numbers))].append(statement)
    found = [
        kept
        for said in _claims(list(nodes.values()), [frame for _, frame in nodes], is_known)
        if _again(statement for statement, _ in said)  # cheap, and seldom true
        and (kept := _own(thread, links, said))
        and _again(said for said, _ in kept)
    ]
    taken = _taken(thread)
    found = [said for said in found if not _is_taken(thread, said, taken)]
    found.sort(key=lambda said: (*_size(s for s, _ in said), min(s.post for s, _ in said)))
    return list(_once(found))


def _once(found: Sequence[list[tuple[Statement, float]]]) -> Iterator[list[tuple[Statement, float]]]:
    """Keep of what one author says again in the same posts, which is one text that he pastes, the first."""
    pasted: dict[str, set[int]] = defaultdict(set)
    for said in found:
        authors = {statement.author for statement, _ in said}
        posts = {statement.post for statement, _ in said}
        if len(authors) > 1:
            yield said
            continue
        (author,) = authors
        if 2 * len(posts & pasted[author]) < len(posts):
            yield said
        pasted[author] |= posts


def _size(said: Iterable[Statement]) -> tuple[int, int]:
    """Return the number of authors and of posts, as less than nothing so that the largest come first.

    Who is gone does not count: nobody knows whether two such are one.
    """
    both = {(statement.author, statement.post) for statement in said if not is_gone(statement.author)}
    return -len({author for author, _ in both}), -len(both)


def _again(said: Iterable[Statement]) -> bool:
    authors, posts = _size(said)
    return authors <= -2 or posts <= -TIMES


def _claims(
    nodes: Sequence[Node], frames: Sequence[int], is_known: bool
) -> Iterator[list[tuple[Statement, float]]]:
    """Gather round each statement those that say the same, the one that gathers most authors first.

    Nobody is gathered for being like one who is: all are like the one in the middle.
    """
    near: dict[int, dict[int, float]] = {place: {place: 1.0} for place in range(len(nodes))}
    for one, other, share in _same(nodes, frames, is_known):
        near[one][other] = near[other][one] = share
    sizes = {place: _size(s for at in its for s in nodes[at]) for place, its in near.items()}
    likeness = {place: sum(its.values()) for place, its in near.items()}
    done: set[int] = set()
    for place in sorted(
        near, key=lambda p: (sizes[p], not _is_clear(nodes[p]), -likeness[p], nodes[p][0].post)
    ):
        if place in done:
            continue
        its = [at for at in near[place] if at not in done]
        done.update(its)
        yield [(statement, near[place][at]) for at in its for statement in nodes[at]]


def _is_clear(node: Node) -> bool:
    return len(node[0].words) in _CLEAR and node[0].text[:1].isalnum()


def _same(nodes: Sequence[Node], frames: Sequence[int], is_known: bool) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of nodes that claim the same, and how likely they do."""
    pairs = sorted(_near(nodes, frames), key=lambda pair: (-pair[2], pair[:2]))[:_MOST_PAIRS]
    if not is_known:
        yield from (pair for pair in pairs if pair[2] >= _UNJUDGED)
        return
    texts = [(nodes[one][0].text, nodes[other][0].text) for one, other, _ in pairs]
    shares, signs = same_with_signs(texts)
    for (one, other, _), share, sign in zip(pairs, shares, signs, strict=True):
        if share >= LIKELY and not sign.any():
            yield one, other, float(share)


def _near(nodes: Sequence[Node], frames: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of nodes of one frame that may claim the same, the first the lower, with their cosine.

    What a hundred authors paste has a hundred frames if it says "I": only within each are there pairs.
    """
    found = alike([node[0].stems for node in nodes], LEAST)
    by_frame: list[dict[int, list[int]]] = []
    for group in found.groups:
        own: dict[int, list[int]] = defaultdict(list)
        for place in group:
            if len(own[frames[place]]) < _MOST_ORDERS:
                own[frames[place]].append(place)
        by_frame.append(own)
        for places in own.values():
            yield from ((one, other, 1.0) for one, other in combinations(places, 2))
    for first, second, cosine in found.pairs:
        shared = by_frame[first].keys() & by_frame[second].keys()
        one, other = (nodes[found.groups[at][0]][0] for at in (first, second))
        if not shared or not _may_be_one(one, other, cosine):
            continue
        for frame in shared:
            for two in product(by_frame[first][frame], by_frame[second][frame]):
                yield min(two), max(two), cosine


def _may_be_one(one: Statement, other: Statement, cosine: float) -> bool:
    """Say whether what two statements turn on is the same: one may say more, but not something else."""
    mine, theirs = (frozenset(meanings().get(s, s) for s in telling(said.stems)) for said in (one, other))
    is_short = min(len(mine), len(theirs)) < SHORT
    return may_be_one(mine, theirs) and (not is_short or cosine >= _SHORT_LEAST)


def _own(
    thread: ThreadView, links: Links, said: Sequence[tuple[Statement, float]]
) -> list[tuple[Statement, float]]:
    """Leave out what was copied from another author, what a post says twice, and what nobody known says.

    An author's last words of every post are a signature, and a post that he sent twice counts once.
    """
    kept: list[tuple[Statement, float]] = []
    earlier: dict[tuple[str, ...], Statement] = {}
    posts: set[int] = set()
    texts: set[tuple[str, str]] = set()
    signed = _signatures(thread, [statement for statement, _ in said])
    whole = {place: thread.posts[place].own.strip() for place in {statement.post for statement, _ in said}}
    for statement, share in sorted(said, key=lambda pair: pair[0].post):
        text = (statement.author, whole[statement.post])
        is_copy = _is_copy(links, statement, earlier)
        is_again = statement.post in posts or text in texts
        if is_copy or is_again or statement.author in signed or is_gone(statement.author):
            continue
        posts.add(statement.post)
        texts.add(text)
        kept.append((statement, share))
    return sorted(kept, key=lambda pair: (pair[0] is not said[0][0], pair[0].post))


def _is_copy(links: Links, statement: Statement, earlier: dict[tuple[str, ...], Statement]) -> bool:
    """Say whether a statement repeats somebody else's word by word; adds its words to the earlier ones."""
    above = {statement.post, *links.near(statement.post)}
    copied = False
    for length in (_COPIED_BELOW, _COPIED):
        for run in _runs(statement.words, length):
            first = earlier.setdefault(run, statement)
            if first.author != statement.author:
                copied = copied or length == _COPIED or first.post in above
    return copied


def _runs(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    # a whole statement of a few words is a run too
    for at in range(max(1, len(words) - length + 1)):
        yield words[at : at + length]


def _signatures(thread: ThreadView, said: Sequence[Statement]) -> set[str]:
    """Return the authors who end their posts with the very same words."""
    lengths = {
        place: len(thread.posts[place].own.rstrip()) for place in {statement.post for statement in said}
    }
    ends: dict[tuple[str, tuple[str, ...]], list[bool]] = defaultdict(list)
    for statement in said:
        ends[statement.author, statement.words].append(statement.span.end >= lengths[statement.post])
    return {author for (author, _), last in ends.items() if len(last) >= TIMES and all(last)}


def _taken(thread: ThreadView) -> Mapping[str, list[tuple[Span, str]]]:
    """Return where each post takes up a claim that is known."""
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for row in thread.annotations:
        if row.layer == "claim" and row.label == "asserts" and row.target:
            found[row.post_id].append((Span(start=row.start, end=row.end), row.target))
    return found


def _is_taken(
    thread: ThreadView, said: Sequence[tuple[Statement, float]], taken: Mapping[str, list[tuple[Span, str]]]
) -> bool:
    """Say whether most of these statements make one claim that is known already."""
    counts: dict[str, int] = defaultdict(int)
    for statement, _ in said:
        rows = taken.get(thread.posts[statement.post].post.post_id, ())
        for target in {target for span, target in rows if span.overlaps(statement.span)}:
            counts[target] += 1
    return 2 * max(counts.values(), default=0) > len(said)


def _rows(
    thread: ThreadView, said: Sequence[tuple[Statement, float]], claim_id: str, by: str
) -> Iterator[Annotation]:
    for statement, share in said:
        yield annotation(
            thread.posts[statement.post],
            statement.span,
            layer="claim",
            label="asserts",
            target=claim_id,
            by=by,
            score=share,
        )
