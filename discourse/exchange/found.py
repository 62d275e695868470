"""What a file of labels says, before it is matched with the posts of a run."""

from typing import Literal

from msgspec import Struct

Measure = Literal["code points", "utf-16", "utf-8", "unknown"]


class FoundLabel(Struct, frozen=True, kw_only=True):
    """One label as a file has it."""

    layer: str
    label: str
    target: str | None = None
    start: int | None = None  # in the file's own measure; None for the whole post
    end: int | None = None
    quote: str | None = None  # what the file says stands there; None where it says nothing
    detail: str | None = None
    annotator: str | None = (
        None  # as the file names it: human:ann, or a machine's hedges@4; None where nobody
    )
    also: str | None = None


class FoundPost(Struct, frozen=True, kw_only=True):
    """What a file says of one post."""

    where: str  # for messages: "line 12", "task 7", "page.xmi"
    post_id: str | None
    text: str | None = None  # as the file gives it; None where it gives none
    text_hash: str | None = None  # of the text that went out, where the file kept it
    labels: tuple[FoundLabel, ...] = ()
    # who looked for which layer (and label, None for all of the layer): annotator, layer, label
    read: tuple[tuple[str | None, str, str | None], ...] = ()
    measure: Measure = "code points"  # of start and end
    seen_by: str | None = None  # who worked on it, where the file tells it even of a post without labels
