"""The report as a file: what stands in it, where its numbers come from, and what it never does."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from made_thread import HOSTILE_NAME, SCRIPT, made_rows, made_tables, post_id

from discourse.report import render_report
from discourse.summary import summarise
from discourse.tables import CONTRACT, POSTS, Tables, frame_of

RUN = {
    "run_id": "abc",
    "seed": 0,
    "error_rates": {"hedge": "1 in 9, on 40 coded posts"},
    "meanings": {"hedge": "Leaves room for doubt."},
}


class Page(HTMLParser):
    """Collects tags, ids, links and text of a page."""

    void = frozenset(("meta", "link", "br", "img", "hr", "input"))

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.links, self.words, self.open = [], [], [], [], []
        self.headings = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.void:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def html():
    return render_report(made_tables(), RUN)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture(scope="module")
def text(page):
    return re.sub(r"\s+", " ", "".join(page.words))


def test_every_element_is_closed(page):
    assert page.open == []


def test_it_asks_nothing_of_the_network_and_runs_nothing(html, page):
    names = {tag for tag, _ in page.tags}
    assert not names & {"iframe", "object", "embed", "img", "base"}
    assert not [values for tag, values in page.tags if tag == "form" and {"action", "method"} & set(values)]
    assert all(link.startswith("#") or link == "data:," for link in page.links)
    assert not [key for _, values in page.tags for key in values if key.startswith("on") or key == "src"]
    assert "default-src 'none'" in html
    (own,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert html.count("<script") == 1
    assert "url(" not in html.replace("url(#", "")


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_headings_never_skip_a_level(page):
    assert page.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))


def test_the_parts_stand_in_their_order(html):
    places = [
        html.index(f'<section id="{name}"')
        for name in ("glance", "disputes", "claims", "stance", "markers", "quality", "thread")
    ]
    assert places == sorted(places)


def test_hostile_text_stays_text(html, text):
    for raw in ("<script>document", "<img", "<b>bold"):
        assert raw not in html
    for shown in (SCRIPT, "]]>", "{{7*7}}", "${x}", "&lt;entity&gt;", HOSTILE_NAME, "after a line separator"):
        assert shown in text


def test_every_post_has_its_anchor_author_and_text(page, text):
    for row in made_rows()["posts"]:
        assert f"p{row['position']}" in page.ids
        assert re.sub(r"\s+", " ", row["author"].replace("\u202e", "\ufffd")) in text


def test_a_guess_is_marked_and_a_stated_link_is_not(html):
    posts = dict(re.findall(r'<li class="(post[^"]*)" style="[^"]*" id="(p\d+)"', html))
    marked = {
        anchor: style for style, anchor in re.findall(r'class="(post[^"]*)" style="[^"]*" id="(p\d+)"', html)
    }
    assert posts
    assert {anchor for anchor, style in marked.items() if "guess" in style} == {"p7", "p9", "p12"}


def test_weaker_candidates_are_named(text):
    assert re.search(r"It may also answer #6 Marta \(guessed from what was said, 0\.40\)", text)


def test_the_stated_count_stands_beside_the_found_one(text):
    assert "14 ≠ the page states 15" in text


def test_a_dispute_shows_its_question_claims_sides_and_turns_in_order(html, text):
    assert "Was the pool closed for two months or for three weeks?" in text
    assert "open: neither side gave way" in text
    turns = re.findall(r'<li class="turn ([ab]) (\w+)" id="d1-t(\d+)"', html)
    assert [int(number) for _, _, number in turns] == list(range(1, 11))
    assert [side for side, _, _ in turns] == list("abaababaab")
    assert [kind for _, kind, _ in turns].count("empty") == 4
    assert text.count("restates, nothing new") >= 4
    assert "The council speaks of a closure of about a month." in text


def test_it_says_on_how_many_posts_the_makers_that_know_english_could_speak(text):
    assert (
        "The makers of agreement, stance, rhetoric markers and of disputes over anything but a value know "
        "English alone: "
        "they could speak on 14 of 14 posts (14 in English)." in text
    )


def test_posts_in_other_languages_are_counted_as_left_out():
    posts = made_tables()["posts"]
    languages = ["de", "de", None, "gsw", *["en"] * (len(posts) - 4)]
    tables = made_tables().replace(posts=posts.assign(lang=languages).astype({"lang": "str"}))
    page = Page(render_report(tables.replace(**summarise(tables).frames), RUN))
    said = re.sub(r"\s+", " ", "".join(page.words))
    assert "they could speak on 11 of 14 posts (10 in English and 1 in a language not told)" in said
    assert "and left out 2 in German and 1 in gsw." in said


def test_tables_summed_up_before_languages_were_counted_say_nothing_of_them():
    tables = made_tables()
    summary = summarise(tables)["summary"]
    old = summary[~summary["metric"].str.startswith("languages.")].reset_index(drop=True)
    assert "know English alone" not in render_report(tables.replace(summary=old), RUN)


def test_an_unsure_dispute_says_so(text):
    assert "unsure, score 0.41" in text


def test_what_rests_on_one_post_says_so(text):
    assert "Town hall one post only" in text
    assert "The mayor 4 posts" in text


def test_a_marker_says_how_often_it_is_wrong(text):
    assert re.search(
        r"hedge leaves room for doubt ?2 ?2 ?8\.3 [\d.]+ to [\d.]+ ?1 in 9, on 40 coded posts", text
    )
    assert "not yet measured" in text


def test_a_mark_shows_the_entry_behind_it(text):
    assert "because of “perhaps”" in text


def test_authors_stand_in_the_order_of_first_posts(html):
    table = html[html.index('class="stack profiles"') :].partition("</table>")[0]
    names = re.findall(r'<th scope="row"><bdi class="name">([^<]*)', table)
    assert names[:3] == ["Marta", "old_swimmer", "Tiago 🏊🏽‍♀️"]
    assert len(names) == 5


def test_figures_come_from_the_summary():
    tables = made_tables()
    summary = tables["summary"].copy()
    for metric, value in {
        "authors": 4321,
        "links_guessed": 987,
        "markers.hedge": 765,
        "own_words": 1,
    }.items():
        summary.loc[(summary["unit_kind"] == "run") & (summary["metric"] == metric), "value"] = value
    found = render_report(tables.replace(summary=summary), RUN)
    for shown in ("4,321 authors", "987 are guesses", ">765<"):
        assert shown in found


def test_the_same_tables_give_the_same_bytes(html):
    assert render_report(made_tables(), RUN) == html


def test_tables_without_a_summary_are_summarised(html):
    tables = made_tables()
    bare = Tables({name: tables[name] for name in tables.names() if name not in ("summary", "authors")})
    assert render_report(bare, RUN) == html


def test_posts_alone_make_a_report():
    rows = {"posts": frame_of(POSTS, made_rows()["posts"])}
    found = render_report(Tables(rows), {})
    for said in ("None was found.", "No stance towards any target could be decided.", "Nothing went wrong"):
        assert said in found


def test_no_post_at_all_makes_a_report():
    assert Page(render_report(Tables(), {})).open == []


def test_a_chain_deeper_than_python_recurses_is_read():
    row = made_rows()["posts"][0]
    rows = [
        row
        | {
            "post_id": str(n),
            "position": n,
            "reply_to": str(n - 1) if n > 1 else None,
            "reply_evidence": "explicit",
        }
        for n in range(1, 1301)
    ]
    found = render_report(Tables({"posts": frame_of(POSTS, rows)}), {})
    assert "level 1299" in found


def test_posts_that_answer_in_a_circle_all_show():
    rows = [dict(row) for row in made_rows()["posts"][:3]]
    for row, parent in zip(rows, (3, 1, 2), strict=True):
        row |= {"reply_to": post_id(parent), "reply_evidence": "explicit"}
    assert set(Page(render_report(Tables({"posts": frame_of(POSTS, rows)}), {})).ids) >= {"p1", "p2", "p3"}


def test_threads_with_the_same_positions_keep_apart():
    rows = made_rows()["posts"][:2]
    other = [row | {"post_id": f"x:{row['position']}", "thread_id": "x", "reply_to": None} for row in rows]
    page = Page(render_report(Tables({"posts": frame_of(POSTS, rows + other)}), {}))
    assert {"p1-1", "p1-2", "p2-1", "p2-2"} <= set(page.ids)
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))


def test_control_signs_and_lone_surrogates_can_be_written():
    row = made_rows()["posts"][0] | {"text": "nul\x00 bell\x07 \ud83d end"}
    found = render_report(Tables({"posts": frame_of(POSTS, [row])}), {})
    assert "\x00" not in found.encode("utf-8").decode("utf-8")
    assert "nul␀ bell␇" in found


def test_a_summary_made_of_the_tables_is_the_one_shown():
    tables = made_tables()
    assert summarise(tables)["summary"].equals(tables["summary"])
    assert set(tables.names()) <= set(CONTRACT)


def test_evidence_that_was_brought_before_is_not_shown_as_new():
    tables = made_tables()
    turns = tables["turns"].copy()
    turns.loc[turns["is_empty"], "has_evidence"] = True
    turns.loc[turns["turn"] == 1, "brought"] = "number source reason"
    found = render_report(tables.replace(turns=turns), RUN)
    assert found.count("evidence, not new") == 4
    assert "brings a number, a source and a reason" in found


def test_a_dispute_that_is_inferred_says_so_and_how_often_that_is_wrong():
    tables = made_tables()
    rated = tables.replace(
        claims=tables["claims"].assign(annotator="exchanges@1"), loops=tables["loops"].assign(score=0.4)
    )
    run = {**RUN, "error_rates": {"loops": "of 50 exchanges 34 were loops"}}
    words = " ".join("".join(Page(render_report(rated, run)).words).split())
    assert "Inferred from how two authors answer each other" in words
    assert "Of 50 exchanges 34 were loops." in words
    assert f"No argument surely goes round in circles; {len(rated['loops'])} quarrels may." in words
    assert (
        "Dispute 1, inferred: the sentences stand for two sides, and may not exclude each other; unsure"
        in words
    )
    assert "Inferred from how" not in render_report(tables, run)
