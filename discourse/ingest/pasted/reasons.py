"""Why a row was taken for a part of a header: what of it recurs in the page's other headers."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows


def explained(page: Rows, places: Sequence[Place], headers: Sequence[Header]) -> list[Header]:
    """Return the headers with a reason for each of their rows."""
    recurring = _Recurring(page, places, headers)
    return [
        replace(
            header, reasons={page.rows[at].index: recurring.reason(place, header, at) for at in place.rows}
        )
        for place, header in zip(places, headers, strict=True)
    ]


class _Recurring:
    """What the headers of a page share."""

    def __init__(self, page: Rows, places: Sequence[Place], headers: Sequence[Header]) -> None:
        self._page, self._count = page, len(places)
        self._shapes = Counter(
            shape for place in places for shape in {page.rows[at].shape for at in place.rows}
        )
        self._names = Counter(header.author for header in headers)

    def reason(self, place: Place, header: Header, at: int) -> str:
        """Return why the row at a place belongs to a header."""
        row = self._page.rows[at]
        if at == place.name:
            times = self._names[header.author]
            where = "under" if place.below else "over"
            again = f", {times} times on this page" if times > 1 else ""
            return f"stands {where} a text as {self._count - 1} other names do{again}"
        kind = header.kinds.get(row.index)
        if kind == "addressee":
            known = header.addressee in self._names
            return "names somebody who writes on this page" if known else "says who is answered"
        like = self._shapes[row.shape]
        often = (
            f"{like} of {self._count} headers hold a row like it"
            if like > 1
            else "stands between a name and a text"
        )
        return f"a time; {often}" if kind == "time" else often
