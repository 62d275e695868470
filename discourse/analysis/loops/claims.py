"""Claims that authors hold against each other, and every post that asserts or denies one."""

from collections.abc import Iterator, Sequence

from discourse.analysis.base import ThreadView, maker, merge_overlaps, read_threads
from discourse.analysis.loops.circling import shared_part
from discourse.analysis.loops.claim_rows import claim_rows
from discourse.analysis.loops.criteria import MIN_TURNS, may_circle
from discourse.analysis.loops.dispute import Dispute, Links, with_own_quotes
from discourse.analysis.loops.polarity_disputes import polarity_disputes
from discourse.analysis.loops.quantity_disputes import quantity_disputes
from discourse.analysis.loops.rival_disputes import rival_disputes
from discourse.analysis.loops.stand_offs import stand_offs
from discourse.model import Annotation, Claim
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of

_SAME = 0.5  # F1 of posts from which two disputes are one
_MOST = 40  # disputes of one thread that are written down


class Claims:
    """Finds pairs of claims that cannot both hold, each with at least one author.

    A quantity on which two authors take different values is one, a statement that one
    side makes again and the other denies again is another, and so are two terms that sides give
    again as what something is, and a claim that they go on asserting and denying in a word or two.
    Claims are numbered in the order of the disputes, the most contested first; `conflicts_with` names
    the rival.

    Values are read in posts of any language, as far as digits, units and English words for
    them go; statements are found in English posts, and in those whose language is not known.
    """

    name = "claims"
    version = 4
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


def _is_valued(dispute: Dispute, others: Sequence[Dispute]) -> bool:
    """Say whether a dispute is one over two values, which say more plainly what is disputed."""
    posts = {stand.post for stand in dispute.stands}
    valued = ({stand.post for stand in other.stands} for other in others if other.values is not None)
    return any(len(its) >= MIN_TURNS and shared_part(posts, its) >= _SAME for its in valued)


def _claims_of(thread: ThreadView, by: str) -> Iterator[tuple[list[Claim], list[Annotation]]]:
    links = thread.remembered(Links)
    found, more = quantity_disputes(thread, links), []
    # but for those over a value, disputes are loops from the first
    if may_circle(thread):
        found += polarity_disputes(thread, links)
        more = [*rival_disputes(thread, links), *stand_offs(thread, links)]
    disputes = [*found, *(dispute for dispute in more if not _is_valued(dispute, found))]
    for number, dispute in enumerate(disputes[:_MOST]):
        yield claim_rows(thread, dispute, 2 * number, by)
