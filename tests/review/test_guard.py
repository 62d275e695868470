"""Who may ask: only whoever has the token, from our own pages, by an address of this machine."""

import pytest

from discourse.review.guard import LARGEST, Guard, new_token
from tests.review.asking import ask, form, run
from tests.review.made_review import FORM, FORM_TOKEN, HEADERS, HOST, ORIGIN, TOKEN

POST = {**HEADERS, "origin": ORIGIN, "content-type": FORM, "x-review-form": FORM_TOKEN}
WHERE = "/by/ann/posts/3/join"
PATHS = (
    "/",
    "/names",
    "/by/ann/",
    "/by/ann/posts/1",
    "/by/ann/next",
    "/review.js",
    "/review.css",
    "/nowhere",
)


def without(headers, name, **more):
    return {key: value for key, value in headers.items() if key != name} | more


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "discourse_review_8000=",
        "discourse_review_8000=x",
        f"other={TOKEN}",
        "discourse_review_8000",
        'a="b',
    ],
)
def test_no_page_opens_without_the_token(asker, path, cookie):
    headers = {"host": HOST} if cookie is None else {"host": HOST, "cookie": cookie}
    answer = ask(asker.app, "GET", path, headers)
    assert answer.status_code == 403
    assert TOKEN not in answer.text + str(answer.headers)
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize("token", ["", "x", TOKEN + "x", TOKEN[:-1], "%00", "é"])
def test_a_wrong_token_opens_nothing(asker, token):
    assert ask(asker.app, "GET", f"/?token={token}", {"host": HOST}).status_code == 403


def test_the_token_becomes_a_cookie_and_leaves_the_address(asker):
    answer = ask(asker.app, "GET", f"/?token={TOKEN}", {"host": HOST})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert cookie.startswith("discourse_review_8000=")


def test_the_token_is_taken_at_the_door_alone(asker):
    for method, path in (("POST", "/"), ("GET", "/names"), ("GET", "/by/ann/posts/1")):
        assert ask(asker.app, method, f"{path}?token={TOKEN}", {"host": HOST}).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "intruder.invalid",
        "intruder.invalid:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "localhost:80",
        "127.0.0.1:8000.x",
        "",
    ],
)
def test_another_name_of_this_machine_is_refused(asker, host):
    assert ask(asker.app, "GET", "/names", {**HEADERS, "host": host}).status_code == 403
    assert ask(asker.app, "GET", f"/?token={TOKEN}", {"host": host}).status_code == 403
    headers = {**POST, "host": host, "origin": f"http://{host}"}
    assert ask(asker.app, "POST", WHERE, headers).status_code == 403


def test_two_hosts_or_none_are_refused(asker):
    more = [("host", "intruder.invalid")]
    assert ask(asker.app, "GET", "/names", HEADERS, more=more).status_code == 403
    assert ask(asker.app, "GET", "/names", without(HEADERS, "host")).status_code == 403


def test_localhost_is_this_machine_too(asker):
    assert ask(asker.app, "GET", "/names", {**HEADERS, "host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        without(POST, "origin"),
        {**POST, "origin": "null"},
        {**POST, "origin": "http://intruder.invalid"},
        {**POST, "origin": "https://127.0.0.1:8000"},
        {**POST, "origin": "http://127.0.0.1:8001"},
        {**POST, "origin": "http://localhost:8000"},
        {**POST, "sec-fetch-site": "cross-site"},
        {**POST, "sec-fetch-site": "same-site"},
        {**POST, "sec-fetch-site": "none"},
        without(POST, "x-review-form"),
        {**POST, "x-review-form": "x"},
        {**POST, "x-review-form": TOKEN},
        without(POST, "content-type"),
        {**POST, "content-type": "text/plain"},
        {**POST, "content-type": "multipart/form-data; boundary=x"},
        without(POST, "cookie"),
    ],
)
def test_what_writes_comes_from_our_own_pages(asker, headers):
    assert ask(asker.app, "POST", WHERE, headers).status_code == 403
    assert ask(asker.app, "POST", "/by/ann/undo", headers).status_code == 403
    assert asker.noted() == []


def test_our_own_pages_may_write(asker):
    assert ask(asker.app, "POST", WHERE, {**POST, "sec-fetch-site": "same-origin"}).status_code == 200
    assert len(asker.noted()) == 1


def test_a_plain_form_brings_the_token_itself_and_is_sent_on(asker):
    headers = without(POST, "x-review-form")
    answer = ask(asker.app, "POST", WHERE, headers, form({"form_token": FORM_TOKEN}))
    assert (answer.status_code, answer.headers["location"]) == (303, "/by/ann/posts/3?saved=1")
    answer = ask(asker.app, "POST", WHERE, headers, form({"form_token": FORM_TOKEN}))
    assert (answer.status_code, answer.text.count("\n")) == (400, 1)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", [WHERE, "/by/ann/undo"])
def test_nothing_but_a_form_that_is_sent_writes(asker, method, path):
    answer = ask(asker.app, method, path, POST)
    assert answer.status_code == 405
    assert asker.noted() == []


def test_what_is_too_long_is_not_even_read(asker):
    answer = ask(asker.app, "POST", WHERE, POST, b"x=" + b"y" * LARGEST)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&" * 200, b"a=%ff", "a=é".encode()])
def test_what_is_no_form_is_refused(asker, body):
    assert ask(asker.app, "POST", WHERE, POST, body).status_code in (200, 400)
    assert ask(asker.app, "POST", WHERE, without(POST, "x-review-form"), body).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/by/ann/posts/0",
        "/by/ann/posts/99",
        "/by/ann/posts/x",
        "/by/ann/posts/1/dance",
        "/by/a%2Fb/",
        "/by/%3Cb%3E/posts/1",
        "/by/%20ann/",
        "/by/human%3Aann/",
        "/by/ann/?page=x",
        "/by/ann/goto?number=-1",
        "/by/ann/../../etc/passwd",
        "/review.js/../app.py",
    ],
)
def test_what_is_not_there_is_said_in_a_line(asker, path):
    for method in ("GET", "POST"):
        answer = ask(asker.app, method, path, POST if method == "POST" else HEADERS)
        assert answer.status_code in (400, 404, 405)
        assert answer.headers["content-type"].startswith(("text/plain", "application/json"))
        assert "Traceback" not in answer.text


def test_every_answer_forbids_what_a_page_does_not_need(asker):
    for path in PATHS:
        for headers in (HEADERS, {"host": HOST}, {"host": "intruder.invalid"}):
            told = ask(asker.app, "GET", path, headers).headers
            policy = told["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert told["x-frame-options"] == "DENY"
            assert told["x-content-type-options"] == "nosniff"
            assert told["cache-control"] == "no-store"
            assert "access-control-allow-origin" not in told


def test_nothing_but_http_is_spoken():
    async def never(*_):
        raise AssertionError

    guard = Guard(never, port=8000, token=TOKEN, form_token=FORM_TOKEN)
    run(guard({"type": "websocket"}, never, never))


def test_tokens_are_long_and_differ():
    assert len({new_token() for _ in range(50)}) == 50
    assert min(len(new_token()) for _ in range(50)) >= 40
