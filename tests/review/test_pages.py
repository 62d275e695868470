"""What posts and names hold is text on every page, whatever it tries to be."""

from html.parser import HTMLParser

import pytest

from discourse.tables import CONTRACT, frame_of
from tests.exchange.made_run import label, made_tables, post, store_run
from tests.report.hostile import shown, strings
from tests.review.made_review import Asker

OURS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "a",
    "div",
    "p",
    "header",
    "main",
    "section",
}
OURS |= {"article", "h1", "h2", "h3", "span", "bdi", "time", "details", "summary", "ol", "ul", "li", "form"}
OURS |= {
    "input",
    "button",
    "kbd",
    "b",
    "q",
    "label",
    "select",
    "optgroup",
    "option",
    "datalist",
    "footer",
    "nav",
}
OURS |= {"aside", "dialog", "table", "caption", "tbody", "tr", "th", "td", "progress"}


class Page(HTMLParser):
    """Reads which elements a page has, and the words of its post."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.handlers, self.text, self._depth = set(), [], "", 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name in ("style", "srcdoc")]
        if ("id", "text") in attrs or self._depth:
            self._depth += 1

    def handle_endtag(self, _tag):
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data):
        if self._depth:
            self.text += data


def run_of(folder, texts, **more):
    """Write a run whose posts hold these texts; what stands in `more` holds the text too."""
    posts = [post(number, text, author=text[:200], **more) for number, text in enumerate(texts, 1)]
    said = [
        label(number, text[:-1], text, "stance", "favor", target=text, entry=text, detail=text)
        for number, text in enumerate(texts, 1)
        if len(text) > 1
    ]
    rows = {
        "posts": frame_of(CONTRACT["posts"], posts),
        "annotations": frame_of(CONTRACT["annotations"], said),
    }
    return store_run(folder, made_tables().replace(**rows))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return Asker(run_of(tmp_path_factory.mktemp("hostile") / "run", strings()))


def test_nothing_that_a_post_holds_becomes_more_than_text(hostile):
    for number, text in enumerate(strings(), 1):
        page = Page(hostile.get(f"/by/ann/posts/{number}").text)
        assert page.elements <= OURS, number
        assert page.handlers == []
        assert page.text == shown(text.replace("\r\n", "\n")), number


def test_lists_and_answers_hold_text_alone_too(hostile):
    for show in ("todo", "unread", "doubtful"):
        assert Page(hostile.get(f"/by/ann/?show={show}").text).elements <= OURS
    told = hostile.act(1, "add", what="stance/favor", target="</script><img src=x onerror=alert(1)>")
    assert Page(told["html"]).elements <= OURS
    assert "<img" not in told["html"]


def test_a_list_of_many_posts_comes_in_pages(tmp_path):
    asker = Asker(run_of(tmp_path / "run", [f"Post of number {n}." for n in range(1, 251)]))
    page = asker.get("/by/ann/?page=3").text
    assert page.count('class="words"') == 50
    assert "page 3 of 3 (250 posts)" in page
    assert asker.get("/by/ann/?page=99").text == page
    assert asker.get("/by/ann/").text.count('class="words"') == 100
    assert asker.get("/by/ann/goto?number=250").headers["location"] == "/by/ann/posts/250"


def test_the_name_is_asked_and_remembered_for_this_browser(asker):
    from tests.review.asking import ask
    from tests.review.made_review import HEADERS

    answer = asker.post("/names", {"name": " Ann B "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/by/Ann_B/")
    assert "Ann_B" in answer.headers["set-cookie"]
    cookie = HEADERS["cookie"] + "; discourse_coder=%C3%85sa"
    assert 'value="Åsa"' in ask(asker.app, "GET", "/names", {**HEADERS, "cookie": cookie}).text
    for name in ("", "a/b", "<b>", "x" * 61):
        refused = asker.post("/names", {"name": name})
        assert (refused.status_code, refused.text.count("\n")) == (400, 1)


def test_the_keys_say_what_enter_confirms(asker, run):
    assert "confirms all that is left" in asker.get("/by/ann/posts/1").text
    assert "confirms all that is left" not in Asker(run, is_blind=True).get("/by/ann/posts/1").text


def test_those_who_read_before_are_offered(asker):
    asker.act(1, "done", coder="Zoë")
    assert 'href="/by/Zo%C3%AB/"' in asker.get("/names").text
    assert asker.get("/by/Zo%C3%AB/posts/1").status_code == 200
