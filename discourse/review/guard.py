"""Who may ask: whoever has the token, from a page of ours, by an address of this machine; nobody else."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST = 64 * 1024  # bytes of a form; the longest that our pages send are below a tenth of that
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    # with no-referrer a plain form would send no origin either, and could not be told from a stranger's
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Guard:
    """Lets through to an application what its own pages ask.

    Every request needs the token, in the address at first and as a cookie from then on, and names this
    machine as its host, so that no name elsewhere can be made to lead here. What writes comes from a
    page of the same origin and brings a second token, which those pages alone hold.

    Parameters
    ----------
    app
        What answers.
    port
        On which it is asked.
    token, form_token
        What to bring; made by `new_token`.
    """

    def __init__(self, app: App, *, port: int, token: str, form_token: str) -> None:
        self._app = app
        self._token, self._form_token = token, form_token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = f"discourse_review_{port}"  # by port: cookies are shared among the ports of a host

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            return  # nothing of ours speaks another protocol; the server closes it
        sends = _with_headers(send)
        pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        headers = {name.lower(): value for name, value in pairs}
        if headers.get("host") not in self._hosts or _not_once(scope, b"host"):
            await _refuse(sends, 403, "this address is not of this review")
        elif self._is_entry(scope):
            await self._enter(sends)
        elif not self._has_cookie(headers):
            await _refuse(sends, 403, "open the address that discourse review printed")
        elif scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, sends)
        elif problem := _stranger(headers):
            await _refuse(sends, 403, problem)
        else:
            await self._read(scope, receive, sends, headers)

    def _is_entry(self, scope: Message) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        is_asked = scope["method"] == "GET" and scope["path"] == "/"
        return is_asked and _same(given[0], self._token)

    async def _enter(self, send: Send) -> None:
        cookie = f"{self._cookie}={self._token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode())]
        await _answer(send, 303, "", headers)

    def _has_cookie(self, headers: dict[str, str]) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self._token)

    async def _read(self, scope: Message, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        """Take the whole of a form in, as far as it is one of ours, before anything looks at it."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # whoever asked has gone
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST:
                await _refuse(send, 413, "this is too long")
                return
        given = headers.get("x-review-form") or _form_token(bytes(body))
        if not _same(given, self._form_token):
            await _refuse(send, 403, "this form is not of this review: load the page again")
            return
        await self._app(scope, _once(bytes(body)), send)


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(32)


def _stranger(headers: dict[str, str]) -> str:
    """Say why a request that writes is not from a page of ours; empty where it is."""
    if headers.get("origin") != f"http://{headers['host']}":
        return "this comes from another page"
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return "this comes from another site"
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return "" if kind == "application/x-www-form-urlencoded" else "this is no form"


def _form_token(body: bytes) -> str:
    try:
        return parse_qs(body.decode("latin-1"), max_num_fields=50).get("form_token", [""])[0]
    except ValueError:
        return ""


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _not_once(scope: Message, name: bytes) -> bool:
    return [found.lower() for found, _ in scope["headers"]].count(name) != 1


def _with_headers(send: Send) -> Send:
    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {name for name, _ in _HEADERS}
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
            message = {**message, "headers": [*kept, *_HEADERS]}
        await send(message)

    return sends


def _once(body: bytes) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return receive


async def _refuse(send: Send, status: int, problem: str) -> None:
    await _answer(send, status, f"{problem}\n", [(b"content-type", b"text/plain; charset=utf-8")])


async def _answer(send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = text.encode()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
