"""What a reader hands on: where the headers of a page stand and what they say."""

from collections.abc import Mapping

from msgspec import Struct, field

from discourse.ingest.times import Moment


class Header(Struct, frozen=True):
    """The lines over one post's text, or under it, or both."""

    first: int  # 0-based index of its first line in the page
    last: int  # index of its last line; the text begins behind it, unless it stands over it (`below`)
    author: str
    addressee: str | None = None
    moment: Moment | None = None  # when the post was written
    addressee_moment: Moment | None = None  # when the post answered was written
    rest: int | None = None  # where the text begins on the last line, if it begins there
    kinds: Mapping[int, str] = field(default_factory=dict)  # what each line is, where not `author`
    reason: str = ""
    reasons: Mapping[int, str] = field(default_factory=dict)  # why, of lines whose reason is another
    score: float | None = None  # 0 to 1: how sure it is that a post begins here; None: as sure as of the page
    number: str | None = None  # what the page calls the post: "12", "4.1"
    answers: str | None = None  # the number of the post that it says it answers
    depth: int | None = None  # how far in it stands, in steps of the page; None where the page shows none
    until: int | None = None  # where the text ends on the first line, if it ends there, before the name
    below: bool = False  # the lines stand under the text, as a signature does
    over: tuple[int, int] | None = None  # first and last line of a post over its text, if the name is below

    @property
    def lines(self) -> list[int]:
        """Indices of all its lines, with those over the text where the name stands below it."""
        over = [] if self.over is None else range(self.over[0], self.over[1] + 1)
        return [*over, *range(self.first, self.last + 1)]


class Layout(Struct, frozen=True):
    """A page as one reader sees it."""

    reader: str
    score: float  # 0 to 1: how sure it is of its headers
    headers: tuple[Header, ...]
    stated: int | None = None
    count_line: int | None = None  # index of the line that states it
    furniture: frozenset[str] = frozenset()  # shapes of lines that stand below posts, learned from this page
    spans: tuple[
        tuple[int, int], ...
    ] = ()  # first and last line of each text, where known; last < first: none
    exact: bool = False  # whether the last span ends where the text does, and not where the page does

    @property
    def begins(self) -> int:
        """Index of the first line of the first post, also where its name stands under its text."""
        header = self.headers[0]
        return min(header.lines[0], self.spans[0][0]) if header.below and self.spans else header.lines[0]
