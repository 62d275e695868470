import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.formats import ExportOptions
from discourse.exchange.plain.csv import read, write
from discourse.labels.decisions import text_hash
from tests.exchange.exported import export, stored, thread
from tests.exchange.made_run import TEXTS, add_people, made_tables, store_run
from tests.exchange.plain.going_round import exported, gone_out, run_with, said, tables_of


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_with(tmp_path_factory.mktemp("made"))


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def table(folder: Path, text: str, name: str = "mine.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def saved_again(
    folder: Path, *, delimiter: str = ",", encoding: str = "utf-8-sig", line_end: str | None = "\n"
) -> None:
    """Write every table of a folder as spreadsheets do: other delimiters and line ends, a sign in front."""
    for path in folder.glob("*.csv"):
        cells = [[re.sub(r"\r\n?", line_end or "", cell) for cell in row] for row in rows(path)]
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(cells)


@pytest.mark.parametrize("is_safe", [False, True], ids=["plain", "safe"])
def test_what_went_out_comes_back(run, tmp_path, is_safe):
    folder = exported(run, tmp_path / "out", spreadsheet_safe=is_safe)
    assert said(read(folder)) == gone_out(run)


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@pytest.mark.parametrize("is_safe", [False, True], ids=["plain", "safe"])
def test_any_texts_come_back_exactly(tmp_path_factory, is_safe, texts):
    folder = tmp_path_factory.mktemp("any")
    run = store_run(folder / "run", tables_of(texts))
    assert said(read(exported(run, folder / "out", spreadsheet_safe=is_safe))) == gone_out(run)


def test_annotations_are_cell_for_cell_those_of_the_run(tmp_path):
    run = store_run(tmp_path / "run")
    there = rows(exported(run, tmp_path / "out") / "annotations.csv")
    here = rows(run / "tables" / "annotations.csv")
    assert there[0] == here[0]
    assert sorted(there) == sorted(here)


def test_posts_hold_the_cells_of_the_run_their_hash_and_their_run(run, tmp_path):
    there = rows(exported(run, tmp_path / "out") / "posts.csv")
    here = rows(run / "tables" / "posts.csv")
    assert [row[:-2] for row in there] == here
    assert there[0][-2:] == ["text_hash", "run"]
    assert {row[-1] for row in there[1:]} == {"run"}


def test_the_same_run_gives_the_same_bytes(run, tmp_path):
    one, other = (exported(run, tmp_path / name) for name in ("one", "other"))
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


def test_tables_have_crlf_between_records_and_no_sign_in_front(run, tmp_path):
    coded = (exported(run, tmp_path / "out") / "coded.csv").read_bytes()
    assert coded.startswith(b"post_id,layer,label,annotator\r\n")
    assert coded.count(b"\r\n") == coded.count(b"\n")


def test_claims_and_targets_go_out_too_and_sums_over_authors_do_not(run, tmp_path):
    folder = exported(run, tmp_path / "out")
    assert [row[0] for row in rows(folder / "claims.csv")] == ["claim_id", "pier:c1", "pier:c2"]
    names = {path.stem for path in folder.iterdir()}
    assert {"links", "stances", "loops", "turns", "targets", "events", "articles"} <= names
    assert not {"authors", "summary", "faults"} & names


def test_a_choice_of_layers_keeps_out_tables_of_others(run, tmp_path):
    folder = exported(run, tmp_path / "out", choice=Choice(layers=frozenset({"rhetoric"})))
    assert not (folder / "claims.csv").exists()
    assert {row[3] for row in rows(folder / "annotations.csv")[1:]} == {"rhetoric"}
    assert not any(name.startswith(("reply.", "stance.")) for name in rows(folder / "labels.csv")[0])


def test_a_choice_of_posts_keeps_out_what_quotes_others(run, tmp_path):
    folder = exported(run, tmp_path / "out", choice=Choice(posts=frozenset({"pier:3"})))
    assert [row[0] for row in rows(folder / "posts.csv")[1:]] == ["pier:3"]
    assert not (folder / "claims.csv").exists()
    assert (folder / "turns.csv").exists()


def test_authors_stances_on_claims_go_with_claims(tmp_path):
    stance = {"thread_id": "pier", "author": "Wren", "annotator": "stance@3", "label": "favor"}
    stance |= {"favor_posts": 1, "against_posts": 0, "score": 1.0}
    stances = [stance | {"target": target} for target in ("Pier", "pier:c1")]
    claims = list(made_tables()["claims"].to_dict("records"))
    run = stored(tmp_path / "run", thread({1: None}), stances=stances, claims=claims)
    all_of_it = exported(run, tmp_path / "all")
    alone = exported(run, tmp_path / "alone", choice=Choice(layers=frozenset({"stance"})))
    assert [row[2] for row in rows(all_of_it / "stances.csv")[1:]] == ["Pier", "pier:c1"]
    assert [row[2] for row in rows(alone / "stances.csv")[1:]] == ["Pier"]


def test_tables_of_the_machine_stay_out_where_people_alone_were_chosen(run, tmp_path):
    folder = exported(run, tmp_path / "out", choice=Choice(makers=frozenset({"people"})))
    assert not {path.stem for path in folder.iterdir()} & {"targets", "context", "claim_context"}
    assert len(rows(folder / "claims.csv")) == 1


def test_the_card_says_which_sums_over_authors_leave(run, tmp_path):
    everything = export("plain.csv", run, tmp_path / "all").how
    assert "Authors' posts are added up in `stances` alone" in everything
    layers = Choice(layers=frozenset({"rhetoric"}))
    assert "`stances`" not in export("plain.csv", run, tmp_path / "few", choice=layers).how


class TestForSpreadsheets:
    @pytest.fixture
    def folder(self, run, tmp_path):
        return exported(run, tmp_path / "out", spreadsheet_safe=True)

    def test_no_cell_of_any_table_is_run_nor_is_any_name_of_a_column(self, folder):
        for path in folder.glob("*.csv"):
            for row in rows(path):
                for cell in row:
                    assert not re.match(r"[\t\r\n]|[\s\"']*[=+\-@＝＋－＠]", cell), (path.name, cell)

    def test_nothing_is_run_where_the_file_is_opened_with_another_delimiter(self, tmp_path):
        texts = ["x;=1+1", "one\n=1+1;=2", 'say ";=1', "a\t=1|+2", "x;\u00a0＝1"]
        run = store_run(tmp_path / "run", tables_of(texts))
        folder = exported(run, tmp_path / "safe", spreadsheet_safe=True)
        for delimiter in ";\t|":
            text = (folder / "posts.csv").read_text(encoding="utf-8-sig")
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                assert not [cell for cell in row if re.match(r"[\s\"']*[=+\-@＝]", cell)]

    def test_it_begins_with_the_sign_by_which_excel_knows_utf8(self, folder):
        assert (folder / "posts.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_what_a_spreadsheet_saved_again_comes_back_exactly(self, run, folder, delimiter, encoding):
        saved_again(folder, delimiter=delimiter, encoding=encoding)
        assert said(read(folder)) == gone_out(run)

    def test_columns_may_stand_in_another_order_and_others_beside_them(self, run, folder):
        for path in folder.glob("*.csv"):
            turned = [[*row[::-1], "mine" if number == 0 else "=1"] for number, row in enumerate(rows(path))]
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(turned)
        assert said(read(folder)) == gone_out(run)

    def test_a_cell_too_long_for_excel_is_told(self, tmp_path):
        run = store_run(tmp_path / "run", tables_of(["a" * 33_000]))
        (tmp_path / "out").mkdir()
        with Corpus([run]) as corpus:
            how = write(corpus, tmp_path / "out", ExportOptions(spreadsheet_safe=True)).how
        assert "32,767 characters" in how
        assert "posts" in how

    def test_a_text_that_excel_cut_is_not_taken_for_the_post_s(self, tmp_path):
        run = store_run(tmp_path / "run", tables_of(["perhaps " * 5_000]))
        folder = exported(run, tmp_path / "out", spreadsheet_safe=True)
        cut = [[cell[:32_767] for cell in row] for row in rows(folder / "posts.csv")]
        with (folder / "posts.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(cut)
        (found,) = read(folder)
        assert found.text is None
        assert found.text_hash == text_hash("perhaps " * 5_000)

    def test_line_ends_of_several_kinds_leave_places_to_the_hash(self, tmp_path):
        text = "one\r\ntwo\nperhaps"
        run = store_run(tmp_path / "run", tables_of([text]))
        folder = exported(run, tmp_path / "out", spreadsheet_safe=True)
        saved_again(folder)
        (found,) = read(folder)
        assert (found.text, found.text_hash) == (None, text_hash(text))
        assert {(one.start, one.end) for one in found.labels} == {(0, 8), (8, 16), (16, 16)}
        assert all(one.quote is None or one.quote == text[one.start : one.end] for one in found.labels)


class TestAnybodysOwn:
    def test_the_simplest_file_is_two_columns(self, tmp_path):
        path = table(tmp_path, "post_id,label\npier:1,rhetoric/hedge\npier:2,stance/favor → Pier plan\n")
        one, other = read(path)
        assert (one.post_id, one.text, one.text_hash, one.read) == ("pier:1", None, None, ())
        assert [(x.layer, x.label, x.start, x.end, x.quote, x.annotator) for x in one.labels] == [
            ("rhetoric", "hedge", None, None, None, None)
        ]
        assert [(x.layer, x.label, x.target) for x in other.labels] == [("stance", "favor", "Pier plan")]

    def test_names_of_columns_may_be_written_large_and_with_blanks(self, tmp_path):
        path = table(tmp_path, " Post_ID ;LAYER; Label\r\npier:1;rhetoric;hedge\r\n")
        (found,) = read(path)
        assert found.labels[0].label == "hedge"

    def test_rows_of_a_post_may_stand_apart(self, tmp_path):
        path = table(tmp_path, "post_id,layer,label\na,rhetoric,x\nb,rhetoric,y\na,rhetoric,z\n")
        assert [(one.post_id, [x.label for x in one.labels]) for one in read(path)] == [
            ("a", ["x", "z"]),
            ("b", ["y"]),
        ]
        assert next(iter(read(path))).where == "mine.csv, line 2"

    def test_a_place_and_its_words_are_taken_over(self, tmp_path):
        path = table(
            tmp_path, "post_id,layer,label,start,end,quote,annotator\na,rhetoric,hedge,3,10.0,perhaps,ann\n"
        )
        (label,) = next(iter(read(path))).labels
        assert (label.start, label.end, label.quote, label.annotator) == (3, 10, "perhaps", "ann")

    def test_posts_may_be_told_by_their_text_alone(self, tmp_path):
        path = table(tmp_path, 'text,layer,label\n"one\r\ntwo",rhetoric,hedge\nthree,rhetoric,hedge\n')
        assert [(one.post_id, one.text) for one in read(path)] == [(None, "one\r\ntwo"), (None, "three")]

    def test_a_fault_of_a_label_is_looked_for_where_the_label_stands(self, tmp_path):
        table(tmp_path, "post_id,text\na,one\nb,two\n", "posts.csv")
        table(tmp_path, "post_id,layer,label\n\nb,rhetoric,hedge\n", "annotations.csv")
        assert [one.where for one in read(tmp_path)] == ["posts.csv, line 2", "annotations.csv, line 3"]

    def test_a_table_of_who_looked_beside_annotations_is_read(self, tmp_path):
        path = table(tmp_path, "post_id,layer,label\na,rhetoric,hedge\n", "annotations.csv")
        table(
            tmp_path,
            "post_id,layer,label,annotator\na,rhetoric,,human:ann\nb,reply,agree,human:ann\n",
            "coded.csv",
        )
        assert [(one.post_id, one.read) for one in read(path)] == [
            ("a", (("human:ann", "rhetoric", None),)),
            ("b", (("human:ann", "reply", "agree"),)),
        ]

    def test_excel_s_own_first_line_is_understood(self, tmp_path):
        path = table(tmp_path, "sep=|\r\npost_id|layer|label\r\na|rhetoric|hedge\r\n")
        assert [one.post_id for one in read(path)] == ["a"]

    def test_blank_rows_and_missing_last_cells_are_no_news(self, tmp_path):
        path = table(tmp_path, "post_id,layer,label,target,quote\n\na,rhetoric,hedge\n,,,,\n")
        assert len(list(read(path))) == 1

    @pytest.mark.parametrize(
        ("text", "where", "problem"),
        [
            ("", "mine.csv", "it is empty"),
            ("post_id,text\na,b\n", "line 1", "no column 'label'"),
            ("post_id,label,label\na,b,c\n", "line 1", "two columns 'label'"),
            ("post_id,_label,label\na,b,c\n", "line 1", "two columns 'label'"),
            ("post_id,label\na,rhetoric/hedge\na,hedge\n", "line 3", "of which layer"),
            ("post_id,label\n,rhetoric/hedge\n", "line 2", "names no post"),
            ("post_id,layer,label\na,rhetoric,\n", "line 2", "names no label"),
            ("post_id,layer,label,start\na,rhetoric,hedge,3\n", "line 2", "not both"),
            ("post_id,layer,label,start,end\na,rhetoric,hedge,-3,4\n", "line 2", "'-3' is no whole number"),
            ("post_id,layer,label,start,end\na,rhetoric,hedge,²,4\n", "line 2", "no whole number"),
            ("post_id,layer,label\na,rhetoric,hedge,more\n", "line 2", "4 cells"),
            ('post_id,layer,label\na,rhetoric,"hedge\nb,c,d\n', "line 2", "cannot be read"),
            ("post_id,text,layer,label\na,one,x,y\na,two,x,y\n", "line 3", "its text is not"),
        ],
    )
    def test_what_cannot_be_read_is_named_by_its_line(self, tmp_path, text, where, problem):
        with pytest.raises(DiscourseError) as caught:
            list(read(table(tmp_path, text)))
        assert where in caught.value.where
        assert problem in caught.value.problem
        assert "\n" not in str(caught.value)

    def test_lines_are_counted_as_editors_count_them(self, tmp_path):
        text = 'post_id,layer,label,quote\na,rhetoric,hedge,"one\ntwo"\n\nb,rhetoric,,\n'
        with pytest.raises(DiscourseError, match="line 5"):
            list(read(table(tmp_path, text)))

    def test_a_mark_that_is_never_closed_does_not_fill_the_memory(self, tmp_path, monkeypatch):
        monkeypatch.setattr("discourse.exchange.plain.delimited._LONGEST_ROW", 1_000)
        text = 'post_id,layer,label\na,rhetoric,"hedge\n' + "b,rhetoric,hedge\n" * 1_000
        with pytest.raises(DiscourseError, match=r"line 2.*never closed"):
            list(read(table(tmp_path, text)))

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
    def test_another_encoding_is_told(self, tmp_path, encoding):
        text = "post_id,layer,label\nä,rhetoric,hedge\n"
        with pytest.raises(DiscourseError):
            list(read(table(tmp_path, text, encoding=encoding)))

    def test_what_is_no_file_is_told(self, tmp_path):
        for path in (tmp_path, tmp_path / "none.csv"):
            with pytest.raises(DiscourseError, match=r"there is no"):
                list(read(path))

    def test_a_post_that_stands_twice_is_told(self, tmp_path):
        table(tmp_path, "post_id,text\na,one\na,one\n", "posts.csv")
        table(tmp_path, "post_id,layer,label\n", "annotations.csv")
        with pytest.raises(DiscourseError, match=r"posts.csv, line 3: .* second time"):
            list(read(tmp_path))


def test_people_s_links_stand_behind_the_machine_s(tmp_path):
    from discourse.labels.decisions import Decision
    from discourse.labels.journal import Journal, journal_path

    run = store_run(tmp_path / "run")
    add_people(run, names=["ann"])
    with Journal(journal_path(run)) as journal:
        decisions = [
            Decision(kind="link", post_id="pier:2", text_hash=text_hash(TEXTS[1]), value={"reply_to": None}),
            Decision(
                kind="turn",
                post_id="pier:2",
                text_hash=text_hash(TEXTS[1]),
                value={"loop_id": "pier:l1", "question": "?", "posts": ["pier:2"], "side": "a"}
                | {"role": "assertion", "is_empty": False, "has_evidence": True},
            ),
        ]
        journal.append("human:ann", decisions)
    folder = exported(run, tmp_path / "out")
    assert rows(folder / "links.csv")[1:] == [["pier:2", "", "human:ann", "explicit", "1"]]
    (turn,) = rows(folder / "turns.csv")[1:]
    assert turn[:3] == ["pier:l1", "pier:2", "human:ann"]
    assert "true" in turn
    assert "false" in turn


def test_lists_of_the_wide_table_are_json(run, tmp_path):
    wide = rows(exported(run, tmp_path / "out") / "labels.csv")
    place = wide[0].index("stance.against")
    assert json.loads(wide[1][place]) == ['Pier council / works → "both", 50%']
    assert json.loads(wide[2][place]) == []
