"""What answers a coder's browser: pages, and actions that are in the journal before anybody is told so."""

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from discourse.errors import DiscourseError
from discourse.labels.decisions import HUMAN, human
from discourse.report.basis.rendering import packaged as packaged_of_report
from discourse.review.actions import ACTIONS
from discourse.review.forms import RefusedError, fields_of, whole
from discourse.review.pages import Frame, list_page, packaged, post_page, start_page
from discourse.review.progress import Progress
from discourse.review.scene import Task, scene_of
from discourse.review.told import told

Endpoint = Callable[[Request], Awaitable[Response]]
_NAME = "discourse_coder"  # cookie: what the start page suggests; who codes stands in the address


class Review:
    """One review, for any number of coders at once; who asks stands in each address.

    Everything runs one after another in one thread: an action is written whole before the next begins.

    Parameters
    ----------
    task
        What is reviewed.
    form_token
        What every form brings; see `Guard`.
    coder
        Who is taken straight to the posts; None asks for a name.
    """

    def __init__(self, task: Task, *, form_token: str, coder: str | None = None) -> None:
        self.task = task
        self.made: Counter[str] = Counter()  # actions by coder, since this began
        self.undone: Counter[str] = Counter()
        self._coder = coder
        self._frame = Frame(task, Progress(task), form_token)

    def app(self) -> Starlette:
        """Return the application; nobody guards it yet."""
        by = "/by/{coder}"
        post = by + "/posts/{number}"
        return Starlette(
            routes=[
                Route("/", self._first),
                Route("/names", self._names),
                Route("/names", self._named, methods=["POST"]),
                Route("/review.css", _style),
                Route("/review.js", _script),
                Route(by + "/", _told(self._list)),
                Route(by + "/next", _told(self._next)),
                Route(by + "/goto", _told(self._goto)),
                Route(by + "/undo", _told(self._undo), methods=["POST"]),
                Route(post, _told(self._post)),
                Route(post + "/{action}", _told(self._act), methods=["POST"]),
            ]
        )

    async def _first(self, _request: Request) -> Response:
        return _to("/names" if self._coder is None else _by(self._coder))

    async def _names(self, request: Request) -> Response:
        suggested = unquote(request.cookies.get(_NAME, "")) or (self._coder or "").removeprefix(HUMAN)
        return _page(start_page(self._frame, self.task.journal.people(), suggested))

    async def _named(self, request: Request) -> Response:
        try:
            coder = human(fields_of(await request.body()).get("name", ""))
        except (DiscourseError, RefusedError) as error:
            return PlainTextResponse(f"{_line(error)}\n", 400)
        response = _to(_by(coder))
        name = quote(coder.removeprefix(HUMAN))
        response.set_cookie(_NAME, name, httponly=True, samesite="strict")
        return response

    async def _list(self, request: Request) -> Response:
        asked = request.query_params
        page = whole(asked.get("page", "1"), "a page's number")
        return _page(list_page(self._frame, _coder(request), asked.get("show", "todo"), page))

    async def _next(self, request: Request) -> Response:
        coder = _coder(request)
        after = whole(request.query_params.get("after", "0"), "a post's number")
        return _to(self._where(coder, self._frame.progress.next_unread(coder, after)))

    async def _goto(self, request: Request) -> Response:
        return _to(self._where(_coder(request), _number(request.query_params.get("number", ""))))

    async def _post(self, request: Request) -> Response:
        scene = scene_of(self.task, _coder(request), _number(request.path_params["number"]))
        saved = request.query_params.get("saved", "")
        return _page(post_page(self._frame, scene, "Saved." if saved else ""))

    async def _act(self, request: Request) -> Response:
        act = ACTIONS.get(request.path_params["action"])
        if act is None:
            raise KeyError(request.path_params["action"])
        coder, form = _coder(request), fields_of(await request.body())
        scene = scene_of(self.task, coder, _number(request.path_params["number"]))
        made = act(scene, form)
        action = self.task.journal.append(coder, made.decisions, is_blind=scene.is_blind)
        self._frame.progress.note(coder, action, made.decisions)
        self.made[coder] += 1
        number: int | None = scene.post.number
        if made.goes_on:
            number = self._frame.progress.next_unread(coder, scene.post.number)
        more = "; whom it answers is still to be said" if made.leaves_link else ""
        return self._answer(request, f"Saved: {told(self.task.desk, made.decisions)}{more}", coder, number)

    async def _undo(self, request: Request) -> Response:
        coder, form = _coder(request), fields_of(await request.body())
        wanted = form.get("action", "")
        action = self.task.journal.undo(coder, whole(wanted, "an action's number") if wanted else None)
        if action is None:
            raise RefusedError("there is nothing of yours to undo")
        decisions = self.task.journal.decisions_of(action)
        self._frame.progress.undo(coder, decisions)
        self.undone[coder] += 1
        number = self.task.desk.numbers.get(decisions[0].post_id) if decisions else None
        return self._answer(request, f"Undone: {told(self.task.desk, decisions)}", coder, number)

    def _answer(self, request: Request, said: str, coder: str, number: int | None) -> Response:
        """Say what was saved, with the page that comes now; a browser without script is sent there."""
        where = self._where(coder, number)
        if "x-review-form" not in request.headers:
            return _to(where + "?saved=1" if number else where)
        if number is None:
            html = list_page(self._frame, coder, "todo", 1)
        else:
            html = post_page(self._frame, scene_of(self.task, coder, number))
        return JSONResponse({"said": said, "where": where, "html": html})

    def _where(self, coder: str, number: int | None) -> str:
        return _by(coder) if number is None else f"{_by(coder)}posts/{number}"


def _told(endpoint: Endpoint) -> Endpoint:
    """Answer what cannot be done in one line."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except KeyError:
            return _problem(request, 404, "there is no such page")
        except RefusedError as error:
            return _problem(request, 400, str(error))
        except DiscourseError as error:
            return _problem(request, 500, f"Not saved. {_line(error)}")

    return answer


def _problem(request: Request, status: int, problem: str) -> Response:
    if "x-review-form" in request.headers:
        return JSONResponse({"problem": problem}, status)
    return PlainTextResponse(f"{problem}\n", status)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _coder(request: Request) -> str:
    try:
        coder = human(request.path_params["coder"])
    except DiscourseError as error:
        raise RefusedError(_line(error)) from error
    if coder.removeprefix(HUMAN) != request.path_params["coder"]:
        raise KeyError(coder)
    return coder


def _number(text: str) -> int:
    return whole(text, "a post's number")


def _by(coder: str) -> str:
    return f"/by/{quote(coder.removeprefix(HUMAN))}/"


def _to(where: str) -> Response:
    return RedirectResponse(where, 303)


def _page(html: str) -> Response:
    return Response(html, media_type="text/html; charset=utf-8")


async def _style(_request: Any) -> Response:
    style = packaged_of_report("css/base.css") + packaged("review.css")
    return Response(style, media_type="text/css; charset=utf-8")


async def _script(_request: Any) -> Response:
    return Response(packaged("review.js"), media_type="text/javascript; charset=utf-8")
