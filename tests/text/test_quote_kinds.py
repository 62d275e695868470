"""Every way of quoting that people use, in every script, and what only looks like one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.quote_marks import (
    heading_name,
    is_reported,
    marked_stretches,
    number_pointed_at,
    sign_end,
    tagged,
)
from discourse.text.quotes import EXTERNAL, Utterance, find_quotes
from discourse.text.scripts import is_plain, is_unspaced
from discourse.text.wording import extent, fold_marks, split_words

FERRY = (
    "The ferry leaves the north pier at six and nobody has ever told the bus company. "
    "My brother waited there for two hours. The boatman only laughed at him and went home to his supper."
)


def quotes_of(*posts):
    """Return the last post's quotations: text and source, None for outside."""
    thread = [Utterance(*post) for post in posts]
    return [
        (thread[-1].text[q.start : q.end], None if q.source == EXTERNAL else q.source)
        for q in find_quotes(thread)[-1]
        if q.kind == "quote"
    ]


def sources(*posts):
    return [source for _, source in quotes_of(*posts)]


# ---- numbers of posts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (">>12\nNo.", 12),
        ("Well.\n>> 7 as I said", 7),
        ("&gt;&gt;3 no", 3),
        ("＞＞5", 5),
        (">>No. 41\nYes.", 41),
        ("#4 said: no boats.", 4),
        ("@4: there are none.", 4),
        ("@#4\nThere are none.", 4),
        ("Nr. 8: nein.", 8),
        ("№ 9, нет.", 9),
    ],
)
def test_a_number_points_at_a_post(text, number):
    assert number_pointed_at(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> 40 people came.",
        ">> 3.5 miles, they say",
        ">>50% of all",
        "#1 reason to leave is the rain.",
        "@4you no",
        "I live at #4: the mill.",
        ">>word",
        "12: no",
    ],
)
def test_other_numbers_point_at_nothing(text):
    assert number_pointed_at(text) is None


def test_a_line_that_points_at_a_post_is_no_quotation_and_ends_none():
    assert quotes_of(("Ada", FERRY), ("Bo", ">>1\nI told them.")) == []
    found = quotes_of(("Ada", FERRY), ("Bo", ">>1\n> My brother waited there for two hours.\nWhy?"))
    assert found == [("My brother waited there for two hours.", 0)]


# ---- signs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [">", "> ", ">>", "> > ", " > ", "&gt; ", "&gt;&gt;", "＞"])
def test_a_sign_marks_a_line_in_every_spelling(sign):
    (found,) = quotes_of(("Ada", FERRY), ("Bo", f"{sign}My brother waited there for two hours.\nPoor man."))
    assert found == ("My brother waited there for two hours.", 0)


@pytest.mark.parametrize(
    "line", [">:( not again", ">_> well well", ">.< ouch", "5 > 3 as everyone knows", "<3"]
)
def test_a_face_or_a_sum_is_no_sign(line):
    assert sign_end(line) is None


def test_a_single_line_that_says_more_than_a_number_is_no_quotation():
    assert sources(("Ada", FERRY), ("Bo", "How many came?\n> 40 people at least.\nThat is a lot.")) == []


def test_a_number_within_marked_lines_is_quoted():
    text = "> so many of them\n> 40 people at least\nThat is a lot."
    assert sources(("Ada", FERRY), ("Bo", text)) == [None, None]


# ---- headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ada wrote:", "Ada"),
        ("Ada Lane wrote: ↑Mon Jan 05, 2026 6:41 pm", "Ada Lane"),
        ("Ada schrieb:", "Ada"),
        ("Ada a écrit :", "Ada"),
        ("Ada escribió:", "Ada"),
        ("Ada ha scritto:", "Ada"),
        ("Adaさんは書きました:", "Ada"),
        ("Originally Posted by Ada", "Ada"),
        ("Originally posted by Ada [View Post]", "Ada"),
        ("Zitat von Ada", "Ada"),
        ("Cita de Ada", "Ada"),
        ("Citation de Ada :", "Ada"),
        ("On Mon, Jan 5, 2026 at 6:41 PM, Ada Lane wrote:", "Ada Lane"),
        ("Am 5. Januar 2026 um 18:41 schrieb Ada Lane:", "Ada Lane"),
        ("Quote:", ""),
        ("Zitat:", ""),
        ("Citation :", ""),
        ("引用:", ""),
    ],
)
def test_a_heading_names_whose_words_follow(line, name):
    heading = heading_name(line)
    assert heading is not None
    assert heading[0] == name


@pytest.mark.parametrize(
    "line", ["I quote the timetable.", "She said nothing", "Quote me on that", "Posted", ""]
)
def test_a_sentence_is_no_heading(line):
    assert heading_name(line) is None


@pytest.mark.parametrize("heading", ["Originally Posted by Ada", "Zitat von Ada", "Quote:", "引用:"])
def test_what_follows_a_box_heading_is_quoted_as_far_as_it_repeats(heading):
    text = f"{heading}\nMy brother waited there for two hours.\nHe should have called."
    assert quotes_of(("Ada", FERRY), ("Bo", text)) == [("My brother waited there for two hours.", 0)]


def test_a_rule_below_a_heading_is_no_line_of_the_quotation():
    text = "Quote:\n--------\nMy brother waited there for two hours.\n--------\nHe should have called."
    assert quotes_of(("Ada", FERRY), ("Bo", text)) == [("My brother waited there for two hours.", 0)]


def test_tags_that_were_never_rendered_mark_what_stands_between_them():
    text = "[QUOTE=Ada;77]a line from a page that is gone[/QUOTE]\nI doubt it."
    assert quotes_of(("Cy", FERRY), ("Bo", text)) == [("a line from a page that is gone", None)]
    assert list(tagged("[quote] never closed")) == []
    assert list(tagged("closed only [/quote]")) == []


# ---- quotation marks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marks", ["“{}”", "„{}“", "”{}”", "«{}»", "« {} »", "»{}«", "‹{}›", "「{}」", "『{}』", '"{}"', "‟{}”"]
)
def test_marks_of_every_language_hold_what_a_post_said(marks):
    reply = f"You tell us {marks.format('waited there for two hours')} and I am to weep?"
    assert [(text.strip(), source) for text, source in quotes_of(("Ada", FERRY), ("Bo", reply))] == [
        ("waited there for two hours", 0)
    ]


@pytest.mark.parametrize(
    "text",
    [
        'The mayor said "we will mend the pier before the summer comes" on the radio.',
        'Page four: "we will mend the pier before the summer comes".',
        '"We will mend the pier before the summer comes" - The Harbour Post',
        '"We will mend the pier before the summer comes."',
        "Der Bürgermeister sagte: „Wir flicken den Steg noch vor dem Sommer“, und ging.",
        "Le maire a dit « nous allons réparer le quai avant cet été » hier soir.",
    ],
)
def test_words_reported_from_elsewhere_are_external(text):
    assert sources(("Ada", FERRY), ("Bo", text)) == [None]


@pytest.mark.parametrize(
    "text",
    [
        'A thread with the title "what shall we do about the ferry" would be better.',
        'Nobody wakes up and thinks "today I shall swim to the other side" in March.',
    ],
)
def test_a_title_or_a_thought_in_marks_is_the_authors_own(text):
    assert sources(("Ada", FERRY), ("Bo", text)) == []


def test_words_of_saying_count_only_within_the_sentence():
    text = 'He said so. Then came the day of "let us all go home now" and tea.'
    start, end = next(marked_stretches(text))
    assert not is_reported(text, start, end)


# ---- unmarked and edited ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "The ferry leaves the north pier at six and nobody has ever told the bus people about it.",
        "The ferry leaves the north pier at six and nobody has told the bus company.",
        "The ferry leaves the north pier at six ... nobody has ever told the bus company.",
        "The ferry leaves the north pier at six [...] nobody has ever told the bus company.",
        "The ferry [the big one] leaves the north pier at six and nobody has ever told the bus company.",
        "The ferrry leaves the north pier at six and nobody has ever told the bus company.",
        "the ferry leaves the north pier at six, and nobody has ever told the bus company!!!",
        "The ferry leaves the north pier at six and nobody",
    ],
)
def test_an_edited_line_is_a_quotation(line):
    assert sources(("Ada", FERRY), ("Bo", f"{line}\nThen somebody should.")) == [0]


@pytest.mark.parametrize("line", ["Where was it then and why?", "What is it you do there?"])
def test_a_whole_line_of_common_words_is_quoted_to_the_letter_only(line):
    said = ("Ada", f"I went up the hill. {line} Tell me about the boats.")
    assert sources(said, ("Bo", f"{line}\nUp there, as I told you.")) == [0]
    assert sources(said, ("Bo", f"{line[:-1]} or there?\nUp there, as I told you.")) == []


def test_an_address_given_again_is_no_quotation():
    link = "https://example.org/harbour/ferry-times/2026/spring-table.html"
    assert sources(("Ada", f"See {link} for it."), ("Bo", f"I did read {link} before.")) == []


def test_addresses_that_came_along_with_another_line_are_quoted_where_a_post_opens_with_them():
    link = "https://example.org/ferry"
    table, map_of_it = ("Ada", f"{link}/table"), ("Ada", f"Here's more:\n{link}/map")
    both = f"{link}/table\nHere's more:\n{link}/map"
    found = quotes_of(table, map_of_it, ("Bo", f"{both}\nWho drew these?"))
    assert found == [(f"{link}/table", 0), ("Here's more:", 1), (f"{link}/map", 1)]
    assert quotes_of(table, map_of_it, ("Bo", f"{link}/table\nWho drew this?")) == []
    assert quotes_of(table, map_of_it, ("Bo", both)) == []
    assert quotes_of(table, map_of_it, ("Ada", f"{both}\nI drew these.")) == []


def test_a_short_line_beside_words_passed_on_is_quoted_from_the_post_that_passed_them_on():
    line = "My brother waited there for two hours."
    passed_on = f"Bo,\n{line}\nHe went home on the late bus and never came back."
    found = quotes_of(("Bo", line), ("Cy", passed_on), ("Dov", f"{passed_on}\nWhich bus was it?"))
    assert [source for _, source in found] == [1, 0, 1]


def test_a_line_of_a_block_is_quoted_however_short():
    said = "Cy,\nThe ferry leaves the north pier at six in the morning.\nNo.\nNobody told the bus company."
    reply = f"{said}\nI did tell them."
    found = quotes_of(("Ada", said), ("Bo", reply))
    assert [text for text, _ in found] == [
        "Cy,",
        "The ferry leaves the north pier at six in the morning.",
        "No.",
        "Nobody told the bus company.",
    ]
    assert {source for _, source in found} == {0}


def test_a_short_line_that_the_source_does_not_have_is_own_words():
    said = "The ferry leaves the north pier at six in the morning.\nNobody told the bus company."
    reply = (
        "The ferry leaves the north pier at six in the morning.\nNo.\nNobody told the bus company.\nI did."
    )
    assert "No." not in [text for text, _ in quotes_of(("Ada", said), ("Bo", reply))]


def test_where_people_mark_quotations_an_author_repeats_himself_unmarked():
    again = "My brother waited there for two hours."
    plain = [("Ada", FERRY), ("Bo", "Hm."), ("Ada", f"{again}\nAnd it rained.")]
    marked = [("Ada", FERRY), *[(f"a{n}", f"> a line of somebody, number {n}\nWell.") for n in "xyz"]]
    assert sources(*plain) == [0]
    assert sources(*marked, ("Ada", f"{again}\nAnd it rained.")) == []
    assert sources(*marked, ("Bo", f"{again}\nAnd it rained.")) == [0]


def test_nested_words_go_to_who_said_them_first_and_name_who_passed_them_on():
    line = "My brother waited there for two hours."
    thread = [
        Utterance("Ada", FERRY),
        Utterance("Bo", f"> {line}\nPoor man.", "Ada"),
        Utterance("Cy", f">> {line}\n> Poor man.\nNot so poor.", "Bo"),
    ]
    first, second = find_quotes(thread)[2]
    assert (first.source, first.via) == (0, 1)
    assert (second.source, second.via) == (1, None)


PASTED = "Timetables were last printed in the spring of the flood"
BETWEEN = f"Listen to this.\n{PASTED}\nThat is what the office says.\nMake of it what you will."


@pytest.mark.parametrize(
    ("repeated", "found"),
    [
        ("Listen to this.\nThat is what the office says.\nMake of it what you will.", [PASTED]),
        ("That is what the office says.\nMake of it what you will.", []),  # it may have been cut at will
        (BETWEEN, []),
    ],
)
def test_what_a_full_quotation_of_a_post_leaves_out_between_was_quoted_there(repeated, found):
    thread = [Utterance("Ada", BETWEEN), Utterance("Bo", f"{repeated}\nI make nothing of it at all.", "Ada")]
    quotes = find_quotes(thread)[0]
    assert [BETWEEN[q.start : q.end] for q in quotes] == found
    assert all(q.source == EXTERNAL and q.score <= 0.5 for q in quotes)


# ---- scripts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "line", "answer"),
    [
        (
            "渡し船は朝六時に北の桟橋を出ます。バス会社には誰も知らせていません。",
            "バス会社には誰も知らせていません。",
            "私が知らせました。",
        ),
        ("渡船早上六點從北碼頭出發。沒有人告訴過巴士公司。", "沒有人告訴過巴士公司。", "我說過了。"),
        (
            "تغادر العبارة الرصيف الشمالي في السادسة. لم يخبر أحد شركة الحافلات بذلك.",
            "لم يخبر أحد شركة الحافلات بذلك.",
            "أنا أخبرتهم.",
        ),
        (
            "नाव सुबह छह बजे घाट से निकलती है। बस वालों को किसी ने कभी नहीं बताया।",
            "बस वालों को किसी ने कभी नहीं बताया।",
            "मैंने बताया था।",
        ),
        ("เรือข้ามฟากออกตอนหกโมงเช้า ไม่มีใครบอกบริษัทรถเมล์เลย", "ไม่มีใครบอกบริษัทรถเมล์เลย", "ผมบอกแล้ว"),
        (
            "Паром отходит в шесть утра. Никто не сказал об этом автобусной компании.",
            "Никто не сказал об этом автобусной компании.",
            "Я сказал.",
        ),
        (
            "배는 아침 여섯 시에 떠납니다. 버스 회사에는 아무도 말하지 않았습니다.",
            "버스 회사에는 아무도 말하지 않았습니다.",
            "제가 했어요.",
        ),
    ],
)
def test_a_line_is_quoted_in_any_script(said, line, answer):
    assert [source for _, source in quotes_of(("Ada", said), ("Bo", f"{line}\n{answer}"))] == [0]


def test_a_few_characters_in_common_are_no_quotation():
    said = "渡し船は朝六時に北の桟橋を出ます。"
    assert sources(("Ada", said), ("Bo", "バスは朝六時に北の町を出ます。\nそれでいい。")) == []


@pytest.mark.parametrize("line", ["橋閉まる", "そうだね", "橋は閉", "橋は今日閉まる"])
def test_a_short_line_said_again_in_a_script_without_blanks_does_no_harm(line):
    thread = [Utterance("Ada", line), Utterance("Bo", line), Utterance("Cy", f"{line}\nでも違う")]
    for post, quotes in zip(thread, find_quotes(thread), strict=True):
        assert all(0 <= quote.start < quote.end <= len(post.text) for quote in quotes)


def test_words_keep_their_vowel_signs_and_count_by_script():
    words = [word for _, _, word in split_words("किसी ने", "किसी ने")]
    assert len(words) == 2
    assert extent(list("渡し船は")) == 2
    assert extent(["ferry", "boat"]) == 2
    assert is_unspaced("船")
    assert not is_unspaced("s")
    assert is_plain("naïve “words”")
    assert fold_marks("「船」") == '"船"'


# ---- marks, looked for fast ----------------------------------------------------------------------


def marked_slowly(folded):
    """The same with the letter before a mark looked at first, in every line."""
    start = 0
    for line in folded.split("\n"):
        bare = line.strip().rstrip(".,!?;: ")
        if len(bare) > 2 and bare[0] == '"' and bare[-1] == '"' and bare.count('"') != 4:
            yield start + line.index('"') + 1, start + line.rindex('"')
        else:
            for match in re.finditer(r'(?<![^\W\u3040-\u9fff])"([^"\n]+)"', line):
                yield start + match.start(1), start + match.end(1)
        start += len(line) + 1


@given(st.text(st.sampled_from('""ab1_\u6a4b .,\n'), max_size=24))
def test_marked_stretches_are_those_found_mark_by_mark(folded):
    assert list(marked_stretches(folded)) == list(marked_slowly(folded))
