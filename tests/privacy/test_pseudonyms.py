"""Names exchanged in whole tables: nothing left of them, and nothing else changed."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.model import Annotation, Event, Post
from discourse.pipeline import analyse
from discourse.privacy import Key, pseudonymise
from discourse.privacy.names import is_common
from discourse.summary import headlines, summarise
from discourse.tables import (
    ANNOTATIONS,
    ARTICLES,
    CLAIMS,
    CONTRACT,
    FAULTS,
    LOOPS,
    POSTS,
    TARGETS,
    Tables,
    frame_of,
)
from tests.analysis.talk import say, talk

KEY, OTHER = Key(b"1" * 32), Key(b"2" * 32)
HOSTILE = (
    "a.*b+(c)", "fox🦊den", "דנה לוי", "said, \"Max\"", "<b>Pat</b>", "Zoë; DROP|x", "two\nlines", "田中さん",
    "Will", "u/under_score-7", "@at_sign", "C:\\dir", "Ann", "Ann Lee", "=SUM(A1)", "per%cent/slash",
)  # fmt: skip


def cells(tables):
    """All text in some tables, as it would be written."""
    return [
        str(value)
        for frame in tables.frames.values()
        for column in frame
        for value in frame[column].dropna()
        if str(frame[column].dtype) == "str"
    ]


@pytest.fixture(scope="module")
def pool():
    """Build a finished thread in which hostile names stand in every place that may hold one."""
    lines = [say("Ann", "The pool was shut for three weeks. @Ann Lee knows it.")]
    for number, name in enumerate(HOSTILE):
        last = HOSTILE[number - 1]
        text = f"@{last.removeprefix('@')} no!\n{last} wrote:\n> The pool was shut for {number} months\n"
        lines.append(say(name, f"{text}It was {number + 2} weeks, {name} told you; thanks {last}.", last))
    return analyse(talk(*lines))


def test_no_name_is_left_in_any_cell(pool):
    text = "\n".join(cells(pseudonymise(pool, KEY)))
    left = [name for name in HOSTILE if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    assert left == []


def test_labels_numbers_and_rows_stay_what_they_were(pool):
    made = pseudonymise(pool, KEY)
    for name in CONTRACT:
        before, after = pool[name], made[name]
        assert len(before) == len(after), name
        kept = [
            column.name
            for column in CONTRACT[name].columns
            if column.dtype != "str" and column.name.removeprefix("brought_") not in ("start", "end")
        ]
        assert before[kept].equals(after[kept]), name
    assert headlines(made)[:-1] == headlines(pool)[:-1]


def test_quotations_are_what_stands_at_their_offsets(pool):
    made = pseudonymise(pool, KEY)
    texts = dict(zip(made["posts"]["post_id"], made["posts"]["text"], strict=True))
    rows = list(made["annotations"].itertuples())
    assert len(rows) > 20
    assert all(texts[row.post_id][row.start : row.end] == row.quote for row in rows)


def test_units_of_numbers_are_those_of_the_new_names(pool):
    made = pseudonymise(pool, KEY)
    anew = summarise(made)["summary"]
    kinds = ["author", "loop_author", "post", "thread"]
    units = [set(table[table["unit_kind"].isin(kinds)]["unit_id"]) for table in (made["summary"], anew)]
    assert units[0] == units[1]


def test_the_same_key_gives_the_same_tables_and_another_key_other_names(pool):
    first, again, other = (pseudonymise(pool, key) for key in (KEY, KEY, OTHER))
    assert all(first[name].equals(again[name]) for name in CONTRACT)
    assert not set(first["authors"]["author"]) & set(other["authors"]["author"])


def test_a_person_bears_one_name_in_every_thread():
    here = pseudonymise(talk(say("Marta", "one"), say("Tom", "two")), KEY)["posts"]["author"]
    there = pseudonymise(talk(say("Ada", "@Marta: three"), say("Marta", "four")), KEY)["posts"]
    assert there["author"][1] == here[0] != here[1]
    assert there["text"][0] == f"@{here[0]}: three"


def test_people_who_are_mentioned_and_wrote_nothing_get_the_name_that_they_have_elsewhere():
    here = pseudonymise(talk(say("Marta", "one")), KEY)["posts"]["author"][0]
    assert pseudonymise(talk(say("Tom", "Ask @Marta")), KEY)["posts"]["text"][0] == f"Ask @{here}"


def test_who_is_answered_is_the_author_whose_name_differs_in_case_alone():
    made = pseudonymise(
        talk(say("Marta", "one"), say("Tom", "two", "MARTA"), say("Tom", "three", "Zoe")), KEY
    )["posts"]
    assert made["addressee"].dropna().tolist() == [KEY.token("Marta"), KEY.token("Zoe")]


def test_names_of_those_who_are_gone_stay():
    names = ["", "[deleted]", "[removed]"]
    made = pseudonymise(talk(*(say(name, "[deleted] said so") for name in names)), KEY)
    assert made["posts"]["author"].tolist() == names
    assert made["posts"]["text"].tolist() == ["[deleted] said so"] * 3


def test_a_sign_before_a_name_stays_before_it_and_never_merges_two_people():
    made = pseudonymise(talk(say("@bob", "@bob"), say("bob", "u/bob"), say("u/bob", "bob")), KEY)["posts"]
    token = KEY.token("bob")
    assert made["author"].tolist() == [f"@{token}", token, f"u/{token}"]
    assert made["text"].tolist() == [f"@{token}", f"u/{token}", token]


def test_two_writings_of_one_name_stay_two_authors():
    made = pseudonymise(talk(say("Zo\u00eb", "a"), say("Zoe\u0308", "b"), say(" Zo\u00eb", "c")), KEY)[
        "posts"
    ]
    assert made["author"].nunique() == 3
    assert made["author"][0] == KEY.token("Zo\u00eb")


def test_two_authors_who_would_share_a_pseudonym_are_refused(monkeypatch):
    monkeypatch.setattr(Key, "token", lambda _self, _name: "Same")
    with pytest.raises(DiscourseError, match="another key"):
        pseudonymise(talk(say("Marta", "one"), say("Tom", "two")), KEY)


def test_what_an_export_said_beyond_the_contract_is_left_out():
    assert (
        pseudonymise(talk(say("Marta", "one", meta='{"name":"Marta K."}')), KEY)["posts"]["meta"].isna().all()
    )


def test_an_id_that_holds_a_name_is_exchanged_wherever_it_stands():
    tables = analyse(
        talk(say("Marta", "It was shut."), say("Tom", "No, it was open.", "Marta"), name="Marta-blog")
    )
    made = pseudonymise(tables, KEY)
    assert not [cell for cell in cells(made) if "Marta" in cell]
    assert set(made["posts"]["reply_to"].dropna()) <= set(made["posts"]["post_id"])
    assert made["posts"]["thread_id"].unique().tolist() == [f"{KEY.token('Marta')}-blog"]


@pytest.mark.parametrize(
    ("author", "thread", "told"),
    [
        ("marta_quill", "thr_marta_quill_7", "thr_<1>_7"),
        ("marta_quill", "thr-marta_quill-7", "thr-<1>-7"),
        ("marta_quill", "u_marta_quill", "u_<1>"),
        ("marta_quill", "MARTA_QUILL-7", "<1>-7"),
        ("marta_quill", "blog/Marta-Quill/7", "blog/<1>/7"),
        ("Marta Quill", "marta_quill", "<1>"),
        ("Marta Quill", "u_martaquill_7", "u_<1>_7"),
        ("Tom", "thr_Tom_7", "thr_<1>_7"),
        ("Tom", "thr_tom_7", None),
        ("Tom", "thr_Tomcat_7", None),
        ("marta_quill", "smarta_quills", None),
        ("_marta_", "x__marta__y", "x__<1>__y"),
        ("🦊🐻", "thr_🦊🐻_7", "thr_<1>_7"),
        ("the", "the_7", None),
    ],
)
def test_ids_hide_a_name_between_any_signs_and_in_any_case(author, thread, told):
    made = pseudonymise(talk(say(author, "one"), name=thread), KEY)["posts"]["thread_id"][0]
    assert made == (told.replace("<1>", KEY.token(author)) if told else thread)


def test_ids_that_differed_in_the_case_of_a_name_alone_stay_two():
    threads = [talk(say("marta_quill", "one"), name=name) for name in ("marta_quill", "MARTA_QUILL")]
    made = pseudonymise(Tables.concat(threads), KEY)["posts"]
    assert made["thread_id"].nunique() == made["post_id"].nunique() == 2
    assert not made["thread_id"].str.contains("marta", case=False).any()


def test_ids_keep_a_word_that_is_somebodys_name_only_by_chance():
    made = pseudonymise(talk(say("t", "one"), say("1", "two"), say("the", "three")), KEY)["posts"]
    assert made["post_id"].tolist() == ["t:1", "t:2", "t:3"]


def test_every_table_with_words_of_the_thread_is_searched():
    post = Post(post_id="t:1", thread_id="t", source_id="s", position=1, author="Marta", text="I am Marta!")
    mark = Annotation(
        post_id="t:1", start=5, end=10, layer="stance", label="favor", target="Marta", annotator="a@1",
        quote="Marta", detail="Marta, pool", entry="(Marta|Martha)",
    )  # fmt: skip
    tables = Tables(
        {
            "posts": frame_of(POSTS, [post]),
            "annotations": frame_of(ANNOTATIONS, [mark]).assign(note=pd.Series(["by Marta"], dtype="object")),
            "articles": frame_of(
                ARTICLES,
                [
                    {
                        "source_id": "s",
                        "start_line": 1,
                        "end_line": 2,
                        "title": "Marta swims",
                        "text": "Marta swam.",
                    }
                ],
            ),
            "targets": frame_of(
                TARGETS,
                [
                    {
                        "thread_id": "t",
                        "target": "Marta",
                        "aliases": "Marta K|MARTA",
                        "kind": "person",
                        "mentions": 1,
                    }
                ],
            ),
            "claims": frame_of(
                CLAIMS,
                [
                    {
                        "claim_id": "t:c1",
                        "annotator": "a@1",
                        "thread_id": "t",
                        "text": "Marta swam",
                        "attribute": "marta",
                    }
                ],
            ),
            "loops": frame_of(
                LOOPS,
                [
                    {"loop_id": "t:l1", "annotator": "a@1", "question": "About marta: which side is right?"}
                    | {"claim_a": "t:c1", "claim_b": "t:c1", "kind": "other", "state": "open", "turns": 0}
                    | {
                        "restatements": 0,
                        "empty_restatements": 0,
                        "first_post": "t:1",
                        "last_post": "t:1",
                        "score": 1,
                    }
                ],
            ),
            "faults": frame_of(FAULTS, [{"stage": "x", "item_id": "t:1", "problem": "KeyError: 'Marta'"}]),
        }
    )
    made = pseudonymise(tables, KEY)
    assert not [cell for cell in cells(made) if "marta" in cell.lower()]
    row = made["annotations"].iloc[0]
    assert (row["start"], row["end"], row["quote"]) == (5, 17, KEY.token("Marta"))
    assert made["targets"]["target"][0] == row["target"] == KEY.token("Marta")


def test_words_that_analysers_cut_out_of_a_name_are_exchanged_too():
    event = Event(thread_id="t", number=1, post_id="t:1", kind="matter", annotator="a@1", score=1.0,
                  detail="underworld, pool, weeks")  # fmt: skip
    tables = talk(say("Underworld_77", "Nothing"))
    tables = tables.replace(events=frame_of(CONTRACT["events"], [event]))
    assert pseudonymise(tables, KEY)["events"]["detail"][0] == f"{KEY.token('Underworld_77')}, pool, weeks"


def shut(*names):
    """Build a finished quarrel of two people about how long a pool was shut."""
    texts = (
        "The pool was shut for 3 weeks.",
        "No, that is wrong. The pool was shut for 10 days, the plan says so.",
        "That is not true. The pool was shut for 3 weeks, I counted.",
        "No. The pool was shut for 10 days. Read the plan.",
        "You are wrong, the pool was shut for 3 weeks, and that is what I saw later.",
        "Nonsense, the pool was shut for 10 days.",
    )
    one, other = names
    turns = [(one, other), (other, one)] * 3
    lines = [say(name, text, to) for (name, to), text in zip(turns, texts, strict=True)]
    return analyse(talk(say(one, lines[0]["text"]), *lines[1:]))


WORDS = [
    ("claims", "attribute"), ("claims", "value"), ("loops", "question"), ("events", "detail"),
    ("targets", "target"), ("targets", "aliases"), ("annotations", "detail"), ("annotations", "entry"),
]  # fmt: skip


@pytest.mark.parametrize(
    "names", [("Ten Days Later", "Shut Pool"), ("pool_weeks", "Right Side-Long"), ("The Plan 10", "which")]
)
def test_ordinary_words_stay_in_what_labels_are_about_whoever_is_called_by_them(names):
    tables = shut(*names)
    made = pseudonymise(tables, KEY)
    assert len(tables["loops"]) > 0
    for table, column in WORDS:
        assert made[table][column].equals(tables[table][column]), (table, column)


def test_words_of_sides_stay_where_the_texts_hold_them():
    unit = {"unit_kind": "side_word", "metric": "weight", "value": 1.0}
    sides = [unit | {"unit_id": f"t/1/{word}"} for word in ("days", "later", "ten")]
    tables = talk(say("Ten Days Later", "It took days."))
    tables = tables.replace(summary=frame_of(CONTRACT["summary"], sides))
    token = KEY.token("Ten Days Later")
    made = pseudonymise(tables, KEY)["summary"]["unit_id"].tolist()
    assert made == ["t/1/days", f"t/1/{token}"]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("True or not: “Marta said so”?", "True or not: “<1> said so”?"),
        ("True or not: “Hope wrote: no”?", "True or not: “<2> wrote: no”?"),
        (
            "About hope, marta and pool: which side is right?",
            "About hope, <1> and pool: which side is right?",
        ),
        ("About true, marta-led and marta's: which", "About true, <1>-led and <1>'s: which"),
    ],
)
def test_in_questions_names_are_exchanged_and_words_are_not(told, text):
    tables = talk(
        say("Marta", "I hope the pool stays."), say("Hope", "no"), say("True", "no"), say("ma.pool", "no")
    )
    loop = {"loop_id": "t:l1", "annotator": "a@1", "question": told, "claim_a": "t:c1", "claim_b": "t:c1"}
    loop |= {"kind": "other", "state": "open", "turns": 0, "restatements": 0, "empty_restatements": 0}
    loop |= {"first_post": "t:1", "last_post": "t:1", "score": 1}
    made = pseudonymise(tables.replace(loops=frame_of(LOOPS, [loop])), KEY)["loops"]["question"][0]
    assert made == text.replace("<1>", KEY.token("Marta")).replace("<2>", KEY.token("Hope"))


NAMES = st.text(min_size=1, max_size=8).filter(lambda name: name.strip())


@given(st.data())
def test_spans_hold_whatever_the_names_and_texts(data):
    names = data.draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    pieces = st.one_of(
        st.sampled_from([*names, *(f"@{name}" for name in names), " ", "\n", ": "]), st.text(max_size=6)
    )
    lines = [say(name, "".join(data.draw(st.lists(pieces, max_size=8)))) for name in names]
    tables = talk(*lines)
    marks = []
    for post_id, text in zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        marks.append(
            Annotation(
                post_id=post_id,
                start=start,
                end=end,
                layer="rhetoric",
                label="hedge",
                annotator="a@1",
                quote=text[start:end],
            )
        )
    made = pseudonymise(tables.replace(annotations=frame_of(ANNOTATIONS, marks)), KEY)
    for text, mark, old in zip(made["posts"]["text"], made["annotations"].itertuples(), marks, strict=True):
        assert text[mark.start : mark.end] == mark.quote
        assert mark.start <= mark.end <= len(text)
        assert bool(old.quote) <= bool(mark.quote)
    assert made["posts"]["author"].nunique() == len(names)


@given(st.data())
def test_every_mention_of_a_name_of_letters_is_exchanged(data):
    letters = st.text(st.characters(categories=["Ll", "Lu", "Lo"]), min_size=4, max_size=10)
    letters = letters.filter(lambda name: not is_common(name.lower()))
    names = data.draw(st.lists(letters, min_size=1, max_size=4, unique_by=str.casefold))
    text = " ".join(f"@{name}, {name} and {name}'s." for name in names)
    made = pseudonymise(talk(*(say(name, text) for name in names)), KEY)["posts"]["text"][0]
    assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", made)]
