"""Claims that authors hold against each other, and every post that asserts or denies one."""

from collections.abc import Iterator

from discourse.analysis.base import ThreadView, annotation, maker, merge_overlaps, read_threads
from discourse.analysis.loops.dispute import Dispute, Links, Stand, with_own_quotes
from discourse.analysis.loops.polarity_disputes import polarity_disputes
from discourse.analysis.loops.quantity_disputes import quantity_disputes
from discourse.model import Annotation, Claim
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of

_MOST = 40  # disputes of one thread that are written down
_LONGEST = 240  # characters of a claim's text


class Claims:
    """Finds pairs of claims that cannot both hold, each with at least one author.

    A quantity on which two authors take different values is one, a statement that one
    side makes again and the other denies again is another. Claims are numbered in the
    order of the disputes, the most contested first; `conflicts_with` names the rival.

    Values are read in posts of any language, as far as digits, units and English words for
    them go; statements are found in English posts, and in those whose language is not known.
    """

    name = "claims"
    version = 2
    requires = frozenset({"posts", "annotations:quote"})
    assigns = frozenset({"claims", "annotations:claim"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the claims of each thread, and a row for each post that takes one up."""
        claims: list[Claim] = []
        rows: list[Annotation] = []
        for thread in read_threads(tables):
            for pair, stands in _claims_of(with_own_quotes(thread), maker(self)):
                claims += pair
                rows += stands
        return Tables(
            {"claims": frame_of(CLAIMS, claims), "annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))}
        )


def _claims_of(thread: ThreadView, by: str) -> Iterator[tuple[list[Claim], list[Annotation]]]:
    links = Links(thread)
    disputes = [*quantity_disputes(thread, links), *polarity_disputes(thread, links)]
    for number, dispute in enumerate(disputes[:_MOST]):
        ids = [f"{thread.thread_id}:c{2 * number + side + 1}" for side in (0, 1)]
        yield (
            [_claim(thread, dispute, side, ids, by) for side in (0, 1)],
            [_row(thread, stand, ids, by) for stand in dispute.stands],
        )


def _claim(thread: ThreadView, dispute: Dispute, side: int, ids: list[str], by: str) -> Claim:
    return Claim(
        claim_id=ids[side],
        thread_id=thread.thread_id,
        text=_clearest(thread, dispute, side),
        annotator=by,
        attribute=(dispute.attribute or None) if dispute.values else None,
        value=dispute.values[side] if dispute.values else None,
        conflicts_with=ids[1 - side],
    )


def _clearest(thread: ThreadView, dispute: Dispute, side: int) -> str:
    """Quote a side's clearest statement: outright, naming what is disputed, neither a stub nor a speech."""

    def rank(stand: Stand) -> tuple[bool, bool, float, bool, int]:
        words = _words(thread, stand).lower().split()
        named = any(dispute.attribute and dispute.attribute in word for word in words)
        return (
            stand.denies,
            not stand.exact,
            -stand.score,
            not (named and 3 <= len(words) <= 20),
            stand.post,
        )

    # where nobody says it outright, a denial of the rival claim has to do
    best = min((stand for stand in dispute.stands if stand.side == side), key=rank)
    return _words(thread, best)[:_LONGEST]


def _words(thread: ThreadView, stand: Stand) -> str:
    return thread.posts[stand.post].post.text[stand.span.start : stand.span.end]


def _row(thread: ThreadView, stand: Stand, ids: list[str], by: str) -> Annotation:
    target = ids[1 - stand.side] if stand.denies else ids[stand.side]
    return annotation(
        thread.posts[stand.post],
        stand.span,
        layer="claim",
        label="denies" if stand.denies else "asserts",
        target=target,
        by=by,
        score=stand.score,
    )
