"""What each part of a source was taken for, and why: what `discourse read --explain` prints."""

from msgspec import Struct


class Explained(Struct, frozen=True):
    """One part of a source: a line of a pasted page, an element of a saved one, a field of an export."""

    place: str  # line number, path of the element or name of the field
    kind: str  # what it was taken for: author, time, body, furniture …
    post: int | None  # position of the post that it belongs to; None where it belongs to none
    reason: str
    text: str  # what stands there
