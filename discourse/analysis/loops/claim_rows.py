"""A dispute as rows: its two claims, and who asserts or denies them where."""

from discourse.analysis.base import ThreadView, annotation
from discourse.analysis.loops.dispute import Dispute, Stand
from discourse.model import Annotation, Claim

_LONGEST = 240  # characters of a claim's text


def claim_rows(
    thread: ThreadView, dispute: Dispute, known: int, by: str
) -> tuple[list[Claim], list[Annotation]]:
    """Return the two claims of a dispute, and a row for each post that takes one up.

    Parameters
    ----------
    known
        How many claims of the thread have been numbered before.
    by
        What stands in the column `annotator`.
    """
    ids = [f"{thread.thread_id}:c{known + side + 1}" for side in (0, 1)]
    return (
        [_claim(thread, dispute, side, ids, by) for side in (0, 1)],
        [_row(thread, stand, ids, by) for stand in dispute.stands],
    )


def _claim(thread: ThreadView, dispute: Dispute, side: int, ids: list[str], by: str) -> Claim:
    return Claim(
        claim_id=ids[side],
        thread_id=thread.thread_id,
        text=_clearest(thread, dispute, side),
        annotator=by,
        attribute=_attribute(dispute),
        value=dispute.values[side] if dispute.values else None,
        conflicts_with=ids[1 - side],
    )


def _attribute(dispute: Dispute) -> str | None:
    if dispute.values:
        return dispute.attribute or None
    return ", ".join(dispute.matter) or None


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
