"""Asks an application directly, as a server would, without a port and without a client's packages."""

import json
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


def ask(
    app: Any, method: str, where: str, headers: Mapping[str, str], body: bytes = b"", *, more: Any = ()
) -> Answer:
    """Send one request and return what is answered.

    Parameters
    ----------
    more
        Pairs of headers beside those that come once.
    """
    path, _, query = where.partition("?")
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in [*headers.items(), *more]]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": pairs,
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8000),
    }
    parts = [body[at : at + 4096] for at in range(0, len(body), 4096)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run(app(scope, receive, send))
    start = sent[0]
    told = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(start["status"], told, text)


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run to its end what waits for nothing; a browser's tests may have a loop of theirs running."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")


def form(fields: Mapping[str, Any]) -> bytes:
    """Return fields as a browser sends them."""
    return urlencode(fields).encode()
