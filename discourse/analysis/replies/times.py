"""Times on addressee lines: they date the post answered, and so tell it from the person's other posts."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import datetime

from discourse.analysis.base import ThreadView
from discourse.learn.reply_targets import Candidate

_DECIDES = 0.97  # share of a candidate that is known to have been written at the time named


class Clock:
    """When posts were written, as far as is known; learns as answers are settled."""

    def __init__(self, thread: ThreadView) -> None:
        self._known: dict[int, datetime] = {
            place: view.post.timestamp
            for place, view in enumerate(thread.posts)
            if view.post.timestamp is not None
        }
        self._places: list[int] = []  # those known, in page order, as long as their times are too
        self._ordered = True
        for place in self._known:
            self._place(place)

    def learn(self, moment: datetime | None, place: int) -> None:
        """Note that a post was written at a moment; what is known already stays."""
        if moment is not None and place not in self._known:
            self._known[place] = moment
            self._place(place)

    def possible(self, moment: datetime | None, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Leave out posts that are known to have been written at another time.

        A header may show hours only where the answer shows minutes, so a post is ruled
        out only by a time that answers told of it, or that is off by a minute or more.
        """
        if moment is None:
            return list(candidates)
        return [c for c in candidates if self._known.get(c.place, moment) == moment] or list(candidates)

    def weigh(
        self, moment: datetime | None, candidates: Sequence[Candidate], shares: Sequence[float]
    ) -> list[float]:
        """Give nearly everything to a post that is known to have been written at the moment named.

        Otherwise candidates that would break the order of times (a post below an earlier one,
        above a later one) lose most of their share, if the times known so far are in page order.
        """
        if moment is None or not shares:
            return list(shares)
        exact = [n for n, c in enumerate(candidates) if self._known.get(c.place) == moment]
        if len(exact) == 1:
            return [_DECIDES if n == exact[0] else share * (1 - _DECIDES) for n, share in enumerate(shares)]
        if not self._ordered:
            return list(shares)
        fits = [self._fits(moment, candidate.place) for candidate in candidates]
        if not any(fits):
            return list(shares)
        whole = sum(shares)
        kept = [share if fit else 0.05 * share for share, fit in zip(shares, fits, strict=True)]
        return [share * whole / sum(kept) if sum(kept) else share for share in kept]

    def _fits(self, moment: datetime, place: int) -> bool:
        # the known times are in page order, so the nearest on either side tell of all
        at = bisect_left(self._places, place)
        below = at + (self._places[at : at + 1] == [place])
        return (at == 0 or self._known[self._places[at - 1]] <= moment) and (
            below == len(self._places) or self._known[self._places[below]] >= moment
        )

    def _place(self, place: int) -> None:
        """Put a place that became known among the others; once out of order is out of order for good."""
        if self._ordered:
            self._ordered = self._fits(self._known[place], place)
            insort(self._places, place)
