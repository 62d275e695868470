"""The pages that a coder sees, drawn from templates; what posts hold is text there and nothing else."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from textwrap import shorten
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from discourse.labels.decisions import HUMAN
from discourse.review.actions import TURNS
from discourse.review.codebook import NAMES
from discourse.review.items import Item, items_of
from discourse.review.progress import Progress
from discourse.review.scene import Scene, Task
from discourse.review.told import turn_words
from discourse.review.words import pieces

PER_PAGE = 100  # posts of a list
_NEARBY = 2  # posts shown before and after
_CHOSEN_FROM = 40  # posts before that are offered as the one answered; any other by its number

# what HTML forbids is shown as the picture that Unicode has of it; what overrules directions, as a blot
_PICTURES = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x202A, 0x202F), 0xFFFD),
}
_MARKED = ("rhetoric", "stance", "claim", "quote", "turn")  # layers that are seen in the text
_PART_NAMES = ("side", "role", "is_empty", "has_evidence")
PARTS = {name: turn_words(dict(zip(_PART_NAMES, parts, strict=True))) for name, parts in TURNS.items()}


class Frame(Struct, frozen=True):
    """What every page of a review has."""

    task: Task
    progress: Progress
    form_token: str


def start_page(frame: Frame, people: Sequence[str], suggested: str) -> str:
    """Draw the page on which a coder gives a name."""
    names = [name.removeprefix(HUMAN) for name in people]
    return _drawn("start", frame, names=names, suggested=suggested)


def list_page(frame: Frame, coder: str, show: str, page: int) -> str:
    """Draw the list of posts with how far the coder is.

    Parameters
    ----------
    show
        What is listed: todo (what is to be read, all or the sample), unread, doubtful or all.
    page
        From 1; beyond the last, the last.
    """
    task, done = frame.task, frame.progress.done(coder)
    numbers = _listed(frame, done, show)
    last = max(1, -(-len(numbers) // PER_PAGE))
    page = min(max(page, 1), last)
    shown = numbers[(page - 1) * PER_PAGE : page * PER_PAGE]
    following = frame.progress.next_unread(coder, 0)
    return _drawn(
        "list",
        frame,
        coder=coder.removeprefix(HUMAN),
        show=show,
        posts=[(post, brief(post.text), post.number in done) for post in task.desk.posts(shown)],
        found=len(numbers),
        page=page,
        last=last,
        following=following,
        shares=_shares(frame, coder),
        done=len(done & set(frame.progress.numbers)),
        total=len(frame.progress.numbers),
    )


def post_page(frame: Frame, scene: Scene, said: str = "") -> str:
    """Draw a post with all that the coder may see and do."""
    desk, post, coder = frame.task.desk, scene.post, scene.coder
    items = items_of(scene)
    before, after = desk.around(post, _CHOSEN_FROM, _NEARBY)
    parent = None if scene.parent is None else desk.post(scene.parent)
    grand = None if parent is None or parent.reply_to is None else desk.post(parent.reply_to)
    marks = [
        (item.start, item.end, item.layer)
        for item in items
        if item.start is not None and item.end is not None and item.layer in _MARKED
        if item.state not in ("rejected", "changed") and item.quote
    ]
    done = frame.progress.done(coder)
    return _drawn(
        "post",
        frame,
        coder=coder.removeprefix(HUMAN),
        scene=scene,
        post=post,
        pieces=pieces(post.text, marks),
        items=items,
        left=sum(_is_left(item) for item in items),
        to_reject=sum(_is_left(item) and item.kind != "link" for item in items),
        parent=parent,
        grand=grand,
        before=before[-_NEARBY * (1 if scene.shows_link else 2) :],
        candidates=[(one, brief(one.text, 80)) for one in reversed(before)],
        after=after,
        targets=desk.targets(post.thread_id),
        claims=desk.disputes.claims(post.thread_id) if "claim" in frame.task.layers else {},
        authors=desk.authors(post.thread_id),
        parts=PARTS,
        following=frame.progress.next_unread(coder, post.number),
        done=len(done & set(frame.progress.numbers)),
        total=len(frame.progress.numbers),
        shares=_shares(frame, coder),
        said=said,
    )


def _is_left(item: Item) -> bool:
    return item.state == "undecided" and not item.maker.startswith(HUMAN)


def brief(text: str, most: int = 110) -> str:
    """Return the first words of a text on one line."""
    return shorten(text[: most * 4], most, placeholder=" …") or ("…" if text.strip() else "")


def packaged(name: str) -> str:
    """Return a file that stands beside the templates."""
    return (files("discourse.review") / "templates" / name).read_text(encoding="utf-8")


def _listed(frame: Frame, done: set[int], show: str) -> Sequence[int]:
    if show == "all":
        return range(1, len(frame.task.desk) + 1)
    if show == "unread":
        return [number for number in frame.progress.numbers if number not in done]
    if show == "doubtful" and not frame.task.is_blind:  # what the machine doubts tells what it said
        return [number for number in frame.progress.numbers if number in frame.task.desk.doubtful]
    return frame.progress.numbers


def _shares(frame: Frame, coder: str) -> list[tuple[str, int]]:
    return [(NAMES[layer], count) for layer, count in frame.progress.shares(coder).items()]


def _drawn(template: str, frame: Frame, **values: Any) -> str:
    page = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(task=frame.task, form_token=frame.form_token, names_of_layers=NAMES, **values)
    )
    return page.translate(_PICTURES).encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("discourse.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = _lines
    made.filters["words"] = _words
    return made


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _words(label: str) -> str:
    return label.replace("_", " ")
