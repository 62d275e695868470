"""The footer of a report: what made it, and how to make it again."""

from typing import Any

from made_thread import SCRIPT, made_rows, made_tables

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.frame.made import Made, made
from discourse.tables import CONTRACT, Tables, frame_of

RUN: dict[str, Any] = {
    "run_id": "0123456789abcdef",
    "sources": [{"uri": "pool <page>.txt", "sha256": "f00dcafe0001" + "0" * 52}],
    "code": {"discourse-analyzer": "9.8.7", "python": "3.11.1", "pandas": "3.0.0"},
    "settings": {"seed": 0},
    "analyzers": {"loops": 3, "targets": 2},
    "lexicons": {"hedges": 4},
    "error_rates": {"hedge": "said with the marker"},
    "meanings": {"hedge": "Leaves room for doubt."},
}


def footer(run: dict[str, Any] | None = None, tables: Tables | None = None) -> Made:
    return made(Book.of(tables or made_tables()), RUN if run is None else run)


def with_sources(*more: dict[str, Any]) -> Tables:
    rows = made_rows()
    rows["sources"] = [*rows["sources"], *more]
    return Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})


def beside(name: str) -> dict[str, Any]:
    return made_rows()["sources"][0] | {"source_id": name, "uri": f"news/{name}.txt", "sha256": "ab" * 32}


def test_it_says_run_version_source_and_what_each_maker_was():
    found = footer()
    assert (found.run_id, found.version) == ("0123456789abcdef", "9.8.7")
    assert [(s.file, s.sha256[:12]) for s in found.sources] == [("pool <page>.txt", "f00dcafe0001")]
    assert {v.kind: v.items for v in found.versions} == {
        "Analyzers": [("loops", "3"), ("targets", "2")],
        "Lexicons": [("hedges", "4")],
        "Python and libraries": [("python", "3.11.1"), ("pandas", "3.0.0")],
    }


def test_settings_that_were_left_alone_are_left_out():
    assert footer().settings == []
    assert "as they come" in render_report(made_tables(), RUN)


def test_settings_stand_in_words():
    given = {"Harbour plan": {"aliases": ["the plan"], "kind": "measure"}}
    settings = {
        "seed": 7,
        "columns": {"text": "body"},
        "targets": {"given": given, "find": False},
        "lexicons": {"own.csv": "ab" * 32},
        "context": ["ab" * 32],
        "pseudonyms": "c0ffee",
        "verbatim": False,
    }
    assert footer(RUN | {"settings": settings}).settings == [
        ("seed", "7"),
        ("columns", "text from “body”"),
        ("targets", "given: “Harbour plan”; no others looked for"),
        ("lexicons", "1 file of the user's own, used beside ours"),
        ("context", "1 article read beside the page"),
        ("names", "replaced by pseudonyms, made with the key c0ffee"),
        ("texts", "left out"),
    ]


def test_what_a_record_holds_besides_is_shown_as_it_stands_and_cut():
    settings = footer(RUN | {"note": "x" * 5000, "workers": 3}).settings
    assert settings[0][0] == "note"
    assert len(settings[0][1]) == 300
    assert settings[1] == ("workers", "3")


def test_what_is_said_with_the_labels_is_not_said_again():
    assert "said with the marker" not in str(footer())


def test_the_command_makes_it_again_with_names_that_a_shell_reads_rightly():
    assert footer().command == "discourse analyze 'pool <page>.txt'"
    tables = with_sources(beside("one"), beside("two words"))
    told = RUN | {"settings": {"seed": 5, "targets": {"given": {}, "find": True}, "verbatim": False}}
    assert footer(told, tables).command == (
        "discourse analyze 'pool <page>.txt' --context one.txt --context 'two words.txt' "
        "--targets … --no-verbatim --seed 5"
    )


def test_articles_read_beside_a_page_stand_apart_and_bounded():
    found = footer(tables=with_sources(*(beside(f"a{n}") for n in range(1000))))
    assert [s.file for s in found.sources] == ["pool <page>.txt"]
    assert (len(found.context), found.more_context) == (20, 980)
    assert found.command.endswith("--context …")


def test_a_record_that_says_nothing_makes_a_footer():
    found = footer({})
    assert (found.run_id, found.command, found.versions, found.settings) == ("", "", [], [])
    assert found.cite == "Discourse (discourse-analyzer, Apache-2.0)."


def test_it_can_be_cited():
    assert footer().cite == "Discourse, version 9.8.7 (discourse-analyzer, Apache-2.0), run 0123456789abcdef."


def test_score_unsure_and_guess_are_explained_and_hostile_settings_stay_text():
    html = render_report(made_tables(), RUN | {"settings": {"columns": {"text": SCRIPT}}})
    foot = html[html.index('<footer id="made"') :]
    foot = foot[: foot.index("</footer>")]
    for said in ("not a probability", "<b>unsure</b>", "<b>guess</b>", "<details", "SHA-256 f00dcafe0001…"):
        assert said in foot
    assert "<script" not in foot


def test_a_report_that_hides_names_or_words_says_so_at_its_head_and_quotes_no_claim():
    open_page = render_report(made_tables(), RUN)
    hidden = render_report(made_tables(), RUN | {"settings": {"pseudonyms": "8a63bd3a", "verbatim": False}})
    said = "Names are pseudonyms. Nobody’s words are shown: dots stand for them."
    assert said not in open_page
    assert hidden.index(said) < hidden.index('id="glance"')
    assert open_page.count('class="claim-text" dir="auto">“') == hidden.count(
        'class="claim-text" dir="auto">'
    )
    assert 'class="claim-text" dir="auto">“' not in hidden
