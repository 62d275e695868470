"""Comments made of every hostile string that we know: each shows as text, and none does anything."""

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.cli.common import printable
from discourse.report import IndexEntry, render_index, render_report
from discourse.report.comparing.compared import ComparedRun, ComparedSource
from discourse.report.comparing.comparison import compare, render_comparison
from discourse.report.evaluation import render_evaluation
from discourse.report.many.page import render_many
from discourse.summary import summarise
from discourse.tables import Tables, read_tables
from discourse.tables.files import write_csv
from tests.report.browsers import FILTER, MARK, NAME, POST, TEXT, Visit, assert_none
from tests.report.hostile import HALVES, HOSTILE, shown, strings
from tests.report.hostile_thread import TOLD, ours, thread_of, told
from tests.report.made_figures import made_card, made_figures
from tests.report.made_many import made_many

PAGES = ("report.html", "index.html", "evaluation.html", "comparison.html", "summary.html")
PILED = "\u0353"
browser_only = pytest.mark.browser

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OPENS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}

# elements, and which attributes each kind of them has; classes say how sure a label is, and do nothing
_PARTS = """() => [...new Set([...document.querySelectorAll('*')].flatMap(e => [e.tagName,
  ...[...e.attributes].filter(a => a.name !== 'class').map(a => e.tagName + ' ' + a.name)]))].sort()"""
_LINKS = """() => { const leading = ['href', 'xlink:href', 'src', 'action', 'data', 'srcdoc', 'formaction'];
  return [...document.querySelectorAll('*')].flatMap(e => leading.map(name => e.getAttribute(name)))
    .filter(value => value !== null && !value.startsWith('#')); }"""
# the texts of others without an element of their own that keeps their direction to themselves
_LOOSE = """told => {
  const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.includes(told) || e.closest('svg')) continue;
    const own = e.closest('bdi, [dir=auto]');
    if (own && getComputedStyle(own).unicodeBidi !== 'normal') continue;
    const up = e.closest('[class]'), id = e.closest('[id]')?.id.replace(/\\d+/g, 'N');
    found.add(e.tagName + ' in ' + (up ? up.tagName + '.' + up.className : '') + ' in #' + id);
  }
  return [...found].sort();
}"""
# words in attributes, and names of charts: where no element can hold a direction
_SAID_ASIDE = """() => {
  const shown = ['title', 'aria-label', 'aria-description', 'alt', 'placeholder', 'data-label'];
  return [...document.querySelectorAll('*')].flatMap(e => [
    ...shown.filter(n => e.hasAttribute(n)).map(n => [e.tagName + ' ' + n, e.getAttribute(n)]),
    ...['title', 'desc'].includes(e.tagName) ? [[e.tagName, e.textContent]] : []]); }"""
_POSTS = """([post, text, name]) => [...document.querySelectorAll(post)].map(e => {
  const own = e.querySelector(text).cloneNode(true);
  own.querySelectorAll('[aria-hidden=true]').forEach(sign => sign.remove());
  return [own.textContent, e.querySelector(name).textContent];
})"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every page with hostile strings, and one of plain words of the same shape."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = strings()
    tables, plain = (thread_of(given) for given in (texts, [f"plain word {n}" for n in range(len(texts))]))
    texts = [told(text, 0) for text in [*texts, HALVES]]
    run = {ours(name): text for name, text in zip(texts[:30], texts[30:60], strict=True)}
    rates = dict(zip(("hedge", "camps", "loops"), map(ours, texts), strict=False))
    run |= {"error_rates": rates, "meanings": {"hedge": ours(texts[3])}}
    entries = [IndexEntry(name=text, reason=text) for text in texts]
    entries += [
        IndexEntry(name=text, tables=tables, href=f"{number}.html") for number, text in enumerate(texts)
    ]
    figures = made_figures(task=texts[5], labels=tuple(texts[:9]))
    pages = {
        "report.html": render_report(tables, run),
        "index.html": render_index(entries, run),
        "evaluation.html": render_evaluation(figures, made_card(texts[4])),
        "comparison.html": render_comparison(compare(*compared(tables, texts))),
        "summary.html": render_many(made_many(texts), run),
        "plain.html": render_report(plain, {"error_rates": rates, "meanings": {"hedge": "plain"}}),
    }
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    return folder


def compared(tables: Tables, texts: list[str]) -> tuple[ComparedRun, ComparedRun]:
    """Return two runs over a thread that differ in every table, in their names and their settings."""
    stances = tables["stances"]
    other = tables.replace(
        annotations=tables["annotations"].iloc[::2].assign(label=texts[7]),
        stances=stances.assign(label=stances["label"].map({"favor": "against", "against": "favor"})),
        posts=tables["posts"].assign(author=tables["posts"]["author"].shift(1).fillna("")),
        loops=tables["loops"].iloc[3:],
    )
    other = other.replace(**summarise(other).frames)
    records = [
        {"settings": dict(zip(texts[:30], given, strict=True))} for given in (texts[30:60], texts[20:50])
    ]
    return (
        ComparedRun(texts[8], [ComparedSource.of(tables, records[0], "./1.html")]),
        ComparedRun(texts[9], [ComparedSource.of(other, records[1], "./2.html")]),
    )


@pytest.fixture(scope="module")
def report(browser, hostile):
    with Visit(browser, hostile / "report.html") as visit:
        yield visit


@browser_only
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_asks_speaks_or_runs_over(browser, hostile, name):
    with Visit(browser, hostile / name, width=360) as visit:
        title = visit.page.title()
        over = visit.overrun(but=PILED)
        visit.page.mouse.move(180, 300)
        visit.page.wait_for_timeout(200)
        assert visit.said == []
        assert visit.fetched == []
        assert visit.page.title() == title != "owned"
        # signs piled on one letter cannot be broken: what holds them may be cut off, and nothing beside it
        assert_none(over)


@browser_only
def test_each_post_shows_its_text_and_its_author_sign_by_sign(report):
    texts = [shown(told(text, number)) for number, text in enumerate(strings(), start=1)]
    found = dict(report.page.evaluate(_POSTS, [POST, TEXT, NAME]))
    assert [name for name, text in zip(HOSTILE, texts, strict=True) if text not in found] == []
    assert [text for text, name in found.items() if text != name] == []


@browser_only
def test_they_make_no_element_and_no_attribute_that_plain_words_do_not_make(browser, hostile, report):
    with Visit(browser, hostile / "plain.html") as visit:
        usual = visit.page.evaluate(_PARTS)
    assert sorted(set(report.page.evaluate(_PARTS)) - set(usual)) == []


@browser_only
@pytest.mark.parametrize("name", PAGES)
def test_no_link_leads_out_of_the_run(browser, hostile, name):
    with Visit(browser, hostile / name) as visit:
        assert [
            link
            for link in visit.page.evaluate(_LINKS)
            if not re.fullmatch(r"data:,|\./\d+\.html(#[dp][\d-]+)?", link)
        ] == []


@browser_only
@pytest.mark.parametrize("name", PAGES)
def test_the_words_of_others_keep_their_direction_to_themselves(browser, hostile, name):
    with Visit(browser, hostile / name) as visit:
        assert_none(visit.page.evaluate(_LOOSE, TOLD))


@browser_only
@pytest.mark.parametrize("name", PAGES)
def test_tooltips_and_labels_cannot_be_turned(browser, hostile, name):
    with Visit(browser, hostile / name) as visit:
        said = visit.page.evaluate(_SAID_ASIDE)
    assert_none(f"{where}: {text!a}" for where, text in said if left_open(text))


@browser_only
def test_filters_and_reasons_show_them_as_text_too(browser, hostile):
    parts = {}
    for name in ("plain.html", "report.html"):
        with Visit(browser, hostile / name) as visit:
            poke(visit.page)
            parts[name] = set(visit.page.evaluate(_PARTS))
            assert visit.said == []
            assert visit.fetched == []
            assert visit.page.title() != "owned"
    assert sorted(parts["report.html"] - parts["plain.html"]) == []


def poke(page):
    """Type names and texts into the filters, choose what they offer, and ask of marks why they are there."""
    names = page.evaluate(
        "([p, n]) => [...document.querySelectorAll(p)].map(e => e.querySelector(n).textContent)", [POST, NAME]
    )
    for field in ("text", "author"):
        for name in names[:: len(names) // 8]:
            page.locator(FILTER.format(field)).fill(name.replace("\n", " "))
        page.locator(FILTER.format(field)).fill("")
    for field in ("side", "marker", "loop"):
        if (box := page.locator(FILTER.format(field))).count():
            box.select_option(index=1)
            box.select_option(index=0)
    page.evaluate(
        "m => [...document.querySelectorAll(m)].slice(0, 60).forEach(e => e.click())", f"{POST} {MARK}"
    )


@browser_only
def test_charts_hold_letters_alone(report):
    words = report.page.evaluate(
        "[...document.querySelectorAll('svg text, svg title')].map(e => e.textContent)"
    )
    assert any(TOLD in text for text in words)
    kinds = {unicodedata.category(sign) for text in words for sign in text} - {"Cf"}
    assert kinds.isdisjoint({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
    assert not _TURNING & {sign for text in words for sign in text}


@pytest.mark.parametrize("text", [*HOSTILE.values(), HALVES], ids=[*HOSTILE, "halves"])
def test_a_terminal_shows_one_line_that_does_nothing(text):
    line = printable(text)
    assert {unicodedata.category(sign) for sign in line}.isdisjoint({"Cc", "Cf", "Cs"})
    assert len(line.splitlines()) <= 1


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """Analyse an export whose authors and texts are hostile strings; return what was printed, and the run."""
    folder = tmp_path_factory.mktemp("analysed")
    texts = [*HOSTILE.values(), HALVES]
    rows = [
        {
            "id": f"p{n}",
            "thread_id": "p0",
            "reply_to": f"p{n - 1}" if n else None,
            "author": text,
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    source = folder / "=CMD \x1b[31m\u202e<img src=x>.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = CliRunner().invoke(app, ["analyze", str(source), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    (run,) = {path.parent for path in (folder / "out").glob("*/run.json")}
    return done.output, run


def test_an_analysis_of_them_prints_nothing_that_moves_a_terminal(analysed):
    printed, run = analysed
    assert "posts" in printed
    assert unprintable(printed) == set()
    assert len(read_tables(run / "tables")["posts"]) > 80


@pytest.mark.parametrize("wish", ["", "--loop 1", "--marker hedge", "--doubtful", "--post 3", "--post 70"])
def test_what_is_shown_of_them_moves_no_terminal(analysed, wish):
    done = CliRunner().invoke(app, ["show", str(analysed[1]), *wish.split()])
    assert done.exit_code in (0, 2), done.output
    assert unprintable(done.output) == set()


def test_an_author_is_asked_for_by_any_name(analysed):
    authors = read_tables(analysed[1] / "tables")["posts"]["author"].unique()
    for author in authors[:: len(authors) // 12]:
        done = CliRunner().invoke(app, ["show", str(analysed[1]), "--author", author])
        assert done.exit_code == 0, done.output
        assert unprintable(done.output) == set()


def test_a_comparison_of_them_prints_nothing_that_moves_a_terminal(analysed, tmp_path):
    rows = read_tables(analysed[1] / "tables")["annotations"]
    other = tmp_path / "other \x1b[31m\u202e"
    shutil.copytree(analysed[1], other)
    for place, text in enumerate(strings()):  # as labels of a lexicon of somebody's own, in one run alone
        rows.loc[place, ["layer", "label"]] = ["rhetoric", text.strip() or "x"]
    write_csv(rows, other / "tables" / "annotations.csv")
    (other / "tables" / "summary.csv").unlink()
    words = ["compare", str(analysed[1]), str(other), "--out", str(tmp_path / "out.html")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert unprintable(done.output) == set()


@browser_only
def test_the_report_of_an_analysis_of_them_is_as_still(browser, analysed):
    with Visit(browser, analysed[1] / "report.html") as visit:
        poke(visit.page)
        assert visit.said == []
        assert visit.fetched == []
        assert visit.page.title() != "owned"
        assert visit.page.locator("img, iframe, object, embed, base, math, video, x-x").count() == 0


def unprintable(text: str) -> set[str]:
    """Return the signs that could move a terminal's cursor or turn its direction."""
    return {
        sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


def left_open(text: str) -> bool:
    """Tell whether a sign that turns the direction is not ended, or an end has no beginning, in any line."""
    for line in text.splitlines():
        waiting: list[str] = []
        for sign in line:
            if sign in _OPENS:
                waiting.append(_OPENS[sign])
            elif sign in _TURNING and (not waiting or waiting.pop() != sign):
                return True
        if waiting:
            return True
    return False


def test_a_direction_left_open_is_told():
    assert left_open("a \u202e b")
    assert left_open("\u2068a\nb\u2069")
    assert left_open("a \u2069 b")
    assert not left_open("\u2068a \u202eb\u202c\u2069 c")
