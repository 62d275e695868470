"""People review in a real browser: by keys alone, several at once, blind, by mouse, and without script."""

import re
from pathlib import Path

import pytest

from discourse.labels.journal import Journal, journal_path
from discourse.pipeline import run_pipeline
from tests.conftest import SAMPLES
from tests.exchange.made_run import TEXTS
from tests.report.hostile import shown, strings
from tests.review.made_review import run_to_review
from tests.review.served import Reading, served
from tests.review.test_pages import run_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pier(tmp_path_factory) -> Path:
    return run_to_review(tmp_path_factory.mktemp("browser") / "pier")


@pytest.fixture(scope="module")
def address(pier):
    with served(pier) as found:
        yield found


@pytest.fixture
def read(browser, address):
    """Return what opens a reading under a coder's name; whatever it opened is closed in the end."""
    opened = []

    def begin(coder, **more):
        opened.append(Reading(browser, address, coder, **more))
        return opened[-1]

    yield begin
    for reading in opened:
        reading.close()


def noted(run, coder):
    with Journal(journal_path(run)) as journal:
        return list(journal.noted(annotator=f"human:{coder}"))


def values(run, coder, number=None):
    found = noted(run, coder)
    return [
        {"kind": one.decision.kind, **one.decision.value}
        for one in found
        if number is None or one.decision.post_id.endswith(f":{number}")
    ]


def labels(run, coder, number):
    return [value for value in values(run, coder, number) if value["kind"] == "label"]


@pytest.fixture(params=["bridge-news", "004"])
def page_of_many(request, tmp_path):
    """Return the run of a page, and how many posts it has."""
    if request.param == "004":
        (source,) = sorted((request.getfixturevalue("shared") / "seeds").glob("004_*.txt"))
    else:
        (source,) = [path for path in SAMPLES if path.stem == request.param]
    (result,) = run_pipeline([source], out=tmp_path / "out").results
    return result.folder, len(result.tables["posts"])


def test_a_coder_reads_a_whole_page_by_keys_alone(browser, page_of_many):
    run, posts = page_of_many
    with served(run, "--coder", "ann") as address:
        ann = Reading(browser, address, "ann")
        ann.keys("Enter").at(1)
        for number in range(1, posts + 1):
            for keys in ODD_JOBS[number % len(ODD_JOBS)]:
                ann.keys(*keys.split())
            if number % 5 == 0 and (near := ann.page.locator("#disputes li").count()):
                ann.keys("o", *["ArrowDown", "Enter"] * (near > 1), *"no", "Enter")
            ann.keys("Enter").hears("done")
            ann.page.get_by_text(f"{number} of {posts} read").wait_for()
        ann.page.get_by_text(f"All {posts} posts are read").wait_for()
        ann.close()
    found = noted(run, "ann")
    read_ = {one.decision.post_id for one in found if one.decision.kind == "read"}
    assert len(read_) == posts
    kinds = {one.decision.kind for one in found}
    assert {"label", "reject", "read", "link", "join", "split", "turn"} <= kinds
    assert not any(one.is_blind for one in found)


# what is done on one post after another, without a pause between the keys
ODD_JOBS = (
    (),
    ("j a", "j a", "j x"),
    ("ArrowRight ArrowRight Shift+ArrowRight", "m h e d g e Enter"),
    ("ArrowDown", "t ArrowDown Enter f a v Enter", "u"),
    ("w 0 Enter",),
    ("End", "S Enter"),
    ("J", "u", "J"),
    ("r a g r Enter", "Escape", "ArrowRight", "l s a r c Enter"),
)


def test_two_coders_at_once_do_not_meet(read, pier):
    ann, bo = read("anna"), read("bob")
    ann.open(1), bo.open(1)
    for reading, keys in ((ann, "a"), (bo, "x")):
        reading.keys("j", "j").keys(keys)
    ann.hears("confirmed")
    bo.hears("rejected")
    ann.keys("Enter").at(2)
    bo.page.get_by_text("0 of 8 read").wait_for()
    bo.keys("Enter").at(2)
    assert labels(pier, "anna", 1)[0]["label"] == "against"
    assert "against" not in [value["label"] for value in labels(pier, "bob", 1)]
    bo.keys("u").at(1).keys("u").hears("Undone: against")
    assert values(pier, "bob") == []
    assert len([value for value in values(pier, "anna") if value["kind"] == "read"]) == 8


def test_a_second_tab_loses_nothing(read, pier):
    first = read("cleo").open(2)
    second = read("cleo", beside=first).open(2)
    first.keys("ArrowRight", "m", *"sarc", "Enter").hears("sarcasm added")
    second.keys("ArrowRight", "ArrowRight", "m", *"policing", "Enter").hears("policing added")
    assert second.page.locator("#items .own").count() == 2
    first.keys("u").hears("Undone: policing added (post 2)")
    assert [value["label"] for value in labels(pier, "cleo", 2)] == ["sarcasm"]
    second.keys("Enter").hears("done")
    first.keys("ArrowRight", "m", *"boost", "Enter").hears("booster added")
    assert "1 of 8 read" in first.page.locator("header").inner_text()


@pytest.mark.parametrize(
    ("number", "keys", "quote"),
    [
        (2, "ArrowRight", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        (2, "End ArrowLeft Shift+ArrowLeft", "who knows"),
        (
            3,
            "ArrowRight ArrowRight ArrowRight Shift+ArrowRight Shift+ArrowRight",
            ".\r\nLine two",
        ),
        (4, "ArrowRight ArrowRight Shift+ArrowRight Shift+ArrowRight", "cafe\u0301 & a"),
        (5, "ArrowRight ArrowLeft ArrowLeft", "perhaps"),  # right to left: the left key goes on
        (6, "Home Shift+End", "=SUM(A1) perhaps\twith a tab"),
        (8, "ArrowDown ArrowDown", None),
    ],
)
def test_words_are_marked_where_they_stand(read, pier, number, keys, quote):
    coder = f"dora{number}{len(keys)}"
    read(coder).open(number).keys(*keys.split()).keys("m", *"sarcasm", "Enter").hears("sarcasm added")
    (value,) = labels(pier, coder, number)
    text = TEXTS[number - 1]
    assert value["quote"] == text[value["start"] : value["end"]]
    assert quote in (None, value["quote"])


def test_borders_and_names_are_changed_by_keys(read, pier):
    ed = read("ed").open(1)
    place = ed.page.locator("#items .item").all_inner_texts()
    step = next(at for at, text in enumerate(place) if "evidence" in text) + 1
    ed.keys(*"j" * step).keys("b").hears("Borders")
    ed.keys("ArrowLeft", "Shift+ArrowRight", "Enter").hears("evidence changed")
    (value,) = labels(pier, "ed", 1)
    assert value["quote"] == "for 10 days."
    assert value["instead"]["annotator"] == "evidence_forms@4"
    own = ed.page.locator("#items .item.own")
    own.click()
    ed.keys("c", *"booster", "Enter").hears("booster changed")
    assert labels(pier, "ed", 1)[-1]["quote"] == "for 10 days."
    ed.keys("u").hears("Undone: booster changed")
    ed.keys("u").hears("Undone: evidence changed")
    assert values(pier, "ed") == []


def test_the_page_itself_is_corrected_by_keys(read, pier):
    fay = read("fay").open(4)
    fay.keys("w", "3", "Enter").hears("answers 3")
    fay.keys("r", "ArrowDown", "Enter").hears("agree with post 3 added")
    fay.keys("J").hears("joined with the post before")
    fay.keys("ArrowRight", "ArrowRight", "S").type("Wren").keys("Enter").hears("the second by Wren")
    fay.keys("o").type("side b, says it again, with a new").keys("Enter").hears(
        "side B, says it again, with a new reason"
    )
    found = {value["kind"]: value for value in values(pier, "fay", 4)}
    assert found["link"]["reply_to"] == "pier:3"
    assert TEXTS[3][found["split"]["at"] :].startswith("cafe")
    assert (found["turn"]["side"], found["turn"]["role"], found["turn"]["is_empty"]) == (
        "b",
        "restatement",
        False,
    )
    assert fay.page.locator(".parent h3").inner_text().startswith("3")
    fay.page.locator("#join").click()
    fay.keys("x").hears("Undone: joined")
    assert "join" not in {value["kind"] for value in values(pier, "fay", 4)}


def test_blind_nothing_shows_until_the_own_word_is_given(browser, pier):
    with served(pier, "--blind", "--coder", "gil") as address:
        gil = Reading(browser, address, "gil").open(2)
        assert "hedges@4" not in gil.page.content()
        gil.keys("ArrowRight", "m", *"sarcasm", "Enter").hears("sarcasm added")
        assert "hedges@4" not in gil.page.content()
        gil.keys("Enter").hears("done")
        gil.page.get_by_text("hedges@4").wait_for()
        gil.at(2).keys("Enter").at(3)
        assert "hedges@4" not in gil.page.content()
        gil.close()
    assert {one.is_blind for one in noted(pier, "gil")} == {True}
    assert [value["label"] for value in labels(pier, "gil", 2)] == ["sarcasm"]


def test_keys_that_come_faster_than_answers_wait_in_order(read, pier):
    hal = read("hal").open(1)
    hal.page.route("**/posts/**", lambda route: (hal.page.wait_for_timeout(150), route.continue_())[1])
    hal.keys("j", "j", "a", "j", "x", "ArrowRight", "m", *"sarc", "Enter", "Enter").at(2)
    kinds = [value["kind"] for value in values(pier, "hal", 1)]
    assert kinds[:3] == ["label", "reject", "label"]
    assert kinds[-1] == "read"


@pytest.mark.parametrize("keys", ["l", "m", "r", "o", "w", "t", "j j c"])
def test_nothing_is_taken_from_a_list_before_it_was_chosen(read, pier, keys):
    coder = f"nan{keys.replace(' ', '')}"
    nan = read(coder).open(1).keys("ArrowRight", "Shift+ArrowRight", *keys.split(), "Enter")
    nan.page.get_by_text("Nothing is chosen yet").wait_for()
    assert nan.page.locator("#picker[open] [aria-selected=true]").count() == 0
    nan.keys("Escape").page.locator("dialog[open]").wait_for(state="detached")
    assert values(pier, coder) == []


def test_on_marked_words_labels_of_words_are_offered_first(read, pier):
    nat = read("nat").open(2).keys("ArrowRight", "l")
    offered = nat.page.locator("#picker-list li bdi").all_inner_texts()
    assert offered[0].startswith("stance: ")
    assert [words.startswith("reply: ") for words in offered].index(True) == len(offered) - 3
    nat.keys("Escape", "Escape", "l")
    assert nat.page.locator("#picker-list li bdi").first.inner_text().startswith("reply: ")


def test_another_name_is_typed_over_the_old_one(read):
    old = read("annelies")
    old.page.goto(f"{old.origin}/names")
    old.page.locator("#name").fill("annelies")
    old.keys("Enter").page.get_by_text("reading as").wait_for()
    old.page.get_by_text("another name").click()
    old.page.locator("#name:focus").wait_for()
    old.type("bo").keys("Enter").page.wait_for_url("**/by/bo/")


def test_with_a_mouse_words_are_marked_and_buttons_pressed(read, pier):
    ida = read("ida").open(1)
    words = ida.page.locator("#text .w")
    first, last = words.nth(1).bounding_box(), words.nth(4).bounding_box()
    ida.page.mouse.move(first["x"] + 3, first["y"] + 8)
    ida.page.mouse.down()
    ida.page.mouse.move(last["x"] + last["width"] - 2, last["y"] + 8, steps=4)
    ida.page.mouse.up()
    ida.keys("m", *"sarcasm", "Enter").hears("sarcasm added")
    assert labels(pier, "ida", 1)[0]["quote"] == "pier was shut for"
    ida.page.locator("#items .item", has_text="stance@3").get_by_role("button", name="wrong").click()
    ida.hears("rejected")
    ida.page.get_by_role("button", name=re.compile("^Done: .* right")).click()
    ida.at(2)


def test_help_is_a_key_away_and_keys_can_be_put_off(read, pier):
    jo = read("jo").open(1).keys("?")
    jo.page.get_by_role("dialog", name="Keys").wait_for()
    jo.page.get_by_label("keys act").uncheck()
    jo.keys("Escape", "J", "m", "u")
    jo.page.locator("dialog[open]").wait_for(state="detached")
    assert values(pier, "jo") == []


def test_without_script_plain_forms_do(browser, address, pier):
    kim = Reading(browser, address, "kim", java_script_enabled=False)
    kim.page.goto(f"{kim.by}posts/1")
    kim.page.locator("#items .item", has_text="stance@3").get_by_role("button", name="right").click()
    assert kim.page.locator("#said").inner_text() == "Saved."
    kim.page.get_by_text("Add or correct by hand").click()
    kim.page.locator("#what").select_option("rhetoric/booster")
    kim.page.get_by_label("words of the post").fill("Clearly")
    kim.page.get_by_role("button", name="Add", exact=True).click()
    kim.page.get_by_role("button", name=re.compile("^Done: .* right")).click()
    assert kim.page.url.startswith(f"{kim.by}posts/2")
    kim.close()
    assert {"against", "booster"} <= {value["label"] for value in labels(pier, "kim", 1)}


def test_what_was_not_saved_is_said_so(browser, pier):
    with served(pier) as address:
        lu = Reading(browser, address, "lu").open(1)
    lu.keys("j", "j", "a").hears("Not saved")
    assert "problem" in lu.page.locator("#said").get_attribute("class")
    assert values(pier, "lu") == []
    lu.context.close()


def test_posts_that_would_be_more_than_text_are_text(browser, tmp_path):
    texts = strings()[::3]  # all of them are looked at without a browser
    run = run_of(tmp_path / "run", texts)
    with served(run) as address:
        mo = Reading(browser, address, "mo")
        for number, text in enumerate(texts, 1):
            mo.open(number)
            assert mo.page.locator("#text").evaluate("e => e.textContent") == shown(
                text.replace("\r\n", "\n")
            )
            if text.strip():
                mo.keys("ArrowRight", "Shift+End", "m", *"hedge", "Enter").hears("hedge added")
        mo.close()
    found = [value for value in values(run, "mo") if value["kind"] == "label"]
    assert [value["quote"] for value in found] == [text.strip() for text in texts if text.strip()]
