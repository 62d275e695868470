"""A review from its beginning to its end: a door that only this machine has, and what was done at last."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.labels.decisions import HUMAN, human
from discourse.labels.journal import journal_of
from discourse.review.codebook import Codebook, asked_layers
from discourse.review.desk import Desk, one_run, sampled
from discourse.review.guard import Guard, new_token
from discourse.review.scene import Task

if TYPE_CHECKING:
    from discourse.review.app import Review


class Wish(Struct, frozen=True, kw_only=True):
    """What a user says of a review.

    Parameters
    ----------
    coder
        Who reviews; None asks on the page.
    is_blind
        Hide the machine's labels of a post until the coder has read it.
    posts
        A file that names the posts to review, see `read_post_ids`; None for all.
    layer
        What is reviewed, with commas between; None for everything.
    port
        Where the page is served; 0 takes a free one.
    """

    coder: str | None = None
    is_blind: bool = False
    posts: Path | None = None
    layer: str | None = None
    port: int = 0


def task_of(run: Path, wish: Wish) -> Task:
    """Open what is to be reviewed.

    Raises
    ------
    DiscourseError
        Where it is no run of one source, or the user's wish cannot be met.
    """
    folder = one_run(run)
    layers = asked_layers(wish.layer)
    desk = Desk(folder)
    if not len(desk):
        raise DiscourseError(where=str(folder), problem="it holds no posts", fix="Give another run")
    return Task(
        desk=desk,
        journal=journal_of(folder),
        codebook=Codebook.of(desk.record),
        layers=layers,
        is_blind=wish.is_blind,
        sample=None if wish.posts is None else tuple(sampled(wish.posts, desk)),
    )


def review(run: Path, wish: Wish, ready: Callable[[str], None]) -> str:
    """Serve a review until it is interrupted.

    Parameters
    ----------
    run
        Folder of one analysed source.
    ready
        Called once with the address to open.

    Returns
    -------
    str
        One line on what was decided by whom.

    Raises
    ------
    DiscourseError
        Where a package is missing, the run or the journal cannot be used, or the port is taken.
    """
    reviewing = _imported()
    coder = None if wish.coder is None else human(wish.coder)
    task = task_of(run, wish)
    with task.journal, _door(wish.port) as door:
        port, token, form_token = door.getsockname()[1], new_token(), new_token()
        made = reviewing(task, form_token=form_token, coder=coder)
        guard = Guard(made.app(), port=port, token=token, form_token=form_token)
        ready(f"http://127.0.0.1:{port}/?token={token}")
        _serve(guard, door)
        task.desk.close()
        return summary(made)


def summary(made: "Review") -> str:
    """Return what was decided by whom, in one line."""
    each = []
    for coder, count in sorted(made.made.items()):
        undone = f" ({made.undone[coder]} undone)" if made.undone[coder] else ""
        each.append(f"{coder.removeprefix(HUMAN)} {count}{undone}")
    if not each:
        return "Nothing was decided."
    return f"Decided: {', '.join(each)}. Kept in {made.task.journal.path}"


def _imported() -> "type[Review]":
    try:
        import uvicorn  # noqa: F401, PLC0415 - an extra

        from discourse.review.app import Review  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "h11", "anyio", "click"):
            raise
        raise DiscourseError(
            where="discourse review",
            problem=f"it needs the package {error.name}, which is not installed",
            fix="Install it: pip install 'discourse-analyzer[review]'",
        ) from error
    return Review


def _door(port: int) -> socket.socket:
    """Open a port to this machine alone."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        door.listen(64)  # who is quick with the address waits until all is ready
    except (OSError, OverflowError) as error:
        door.close()
        raise DiscourseError(
            where=f"port {port}",
            problem=f"it cannot be used ({error})",
            fix="Take another, or 0 for a free one",
        ) from error
    return door


def _serve(guard: Guard, door: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415

    config = uvicorn.Config(
        guard,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,  # nobody stands between; nobody is believed
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    try:
        uvicorn.Server(config).run(sockets=[door])
    except KeyboardInterrupt:
        return  # uvicorn ends in order, then says so
