"""A dispute as rows: its two claims, and who asserts or denies them where."""

import re
from collections import defaultdict
from collections.abc import Sequence

from discourse.analysis.base import ThreadView, annotation
from discourse.analysis.loops.clauses import is_statement
from discourse.analysis.loops.dispute import Dispute, Stand
from discourse.model import Annotation, Claim
from discourse.tables import Tables, rows_of

_NUMBER = re.compile(r":c([0-9]{1,9})\Z")  # of a claim, at the end of its id
_LONGEST = 240  # characters of a claim's text
_STUB, _SPEECH = 2, 20  # words of a clause that says too little, and the most of one that is plain
_SENTENCE = 25  # words of a sentence that is quoted whole


def claims_by_thread(tables: Tables) -> dict[str, list[Claim]]:
    """Return the claims that are known so far, by thread; a thread without any has an empty list."""
    known: dict[str, list[Claim]] = defaultdict(list)
    for claim in rows_of(Claim, tables["claims"]):
        known[claim.thread_id].append(claim)
    return known


def last_number(claims: Sequence[Claim]) -> int:
    """Return the highest number of some claims; people may name theirs without one."""
    found = (_NUMBER.search(claim.claim_id) for claim in claims)
    return max((int(match[1]) for match in found if match), default=0)


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
    """Quote a side's clearest words: outright, naming what is disputed, neither a stub nor a speech.

    Where no value is disputed, the clause is quoted with its sentence, unless that is a speech.
    """
    by_term = dispute.values is None and not dispute.matter

    def rank(stand: Stand) -> tuple[bool, bool, bool, float, bool, int]:
        words = _words(thread, stand).lower().split()
        named = any(dispute.attribute and dispute.attribute in word for word in words)
        return (
            stand.denies,
            not stand.exact,
            by_term and not is_statement(thread.posts[stand.post], stand.span),
            -stand.score,
            not (named and _STUB < len(words) <= _SPEECH),
            stand.post,
        )

    # where nobody says it outright, a denial of the rival claim has to do
    best = min((stand for stand in dispute.stands if stand.side == side), key=rank)
    return (_sentence(thread, best) if by_term else _words(thread, best))[:_LONGEST]


def _sentence(thread: ThreadView, stand: Stand) -> str:
    view = thread.posts[stand.post]
    found = next((s for s in view.sentences if s.overlaps(stand.span)), stand.span)
    whole = view.post.text[found.start : found.end].strip()
    is_readable = "\n" not in whole and len(whole.split()) <= _SENTENCE
    return whole if is_readable else _words(thread, stand)


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
