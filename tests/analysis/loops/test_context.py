"""Context: what the article says about a loop, and who is said to have said it."""

import pytest
from msgspec.structs import replace

from discourse.analysis.loops.context import Context
from discourse.analysis.loops.context_matter import Matter
from discourse.analysis.loops.context_sentences import Page, topics
from discourse.model import Article, Claim
from discourse.tables import ARTICLES, CLAIMS, frame_of, rows_of
from tests.analysis.mini import FEE, GHOST, ROOF, analysed, thread_of

ARTICLE = (
    "The ferry was late on Tuesday. The Harbour Board said the season fee rose to 55 euros in March. "
    "Residents complained about gulls. The mayor was not available for comment."
)


def test_a_sentence_with_a_disputed_value_bears_on_the_loop():
    tables = thread_of(FEE, article=ARTICLE)
    context = analysed(tables)["context"]
    assert context["loop_id"].tolist() == ["t:l1"]
    row = context.iloc[0]
    assert row["quote"] == "The Harbour Board said the season fee rose to 55 euros in March."
    assert ARTICLE[row["start"] : row["end"]] == row["quote"]
    assert (row["value"], row["attributed_to"], row["source_id"]) == ("€55", "Harbour Board", "t")


def test_a_day_bears_on_a_length_and_the_next_sentence_goes_on():
    article = (
        "The scaffold brought the corner three weeks of dust. The builders said it stood until 24 May. "
        "Bread prices rose by 3 euros."
    )
    context = analysed(thread_of(ROOF, article=article))["context"]
    assert context["value"].tolist() == ["3 weeks", "24 May"]
    assert "Bread" not in " ".join(context["quote"])


def test_an_article_on_something_else_says_nothing():
    article = "The swimming pool opens at 7 a.m. on weekdays. Tickets cost 6 euros, the lifeguards said."
    assert analysed(thread_of(ROOF, article=article))["context"].empty


def test_without_loops_there_is_no_context():
    assert analysed(thread_of(FEE[:3], article=ARTICLE))["context"].empty


def beside(tables, *articles, date=None):
    """Add articles from sources that hold no post, as `--context` does."""
    rows = [
        Article(source_id=f"beside{number}", start_line=3, end_line=9, text=text, date=date)
        for number, text in enumerate(articles, start=1)
    ]
    own = list(rows_of(Article, tables["articles"]))
    return tables.replace(articles=frame_of(ARTICLES, [*own, *rows]))


def heard(table):
    """Write rows as (value, speaker, first words)."""
    cells = table[["value", "attributed_to", "quote"]].astype(object).where(table.notna(), None)
    return [(value, who, " ".join(quote.split()[:4])) for value, who, quote in cells.itertuples(index=False)]


def test_every_article_beside_the_page_is_heard_and_keeps_its_own_rows():
    same = "The season fee is 55 euros, the Harbour Board said."
    tables = analysed(beside(thread_of(FEE, article=ARTICLE), same, same))
    context = tables["context"]
    assert context["source_id"].tolist() == ["t", "beside1", "beside2"]
    assert context["start_line"].tolist() == [1, 3, 3]
    assert context["value"].tolist() == ["€55"] * 3


def test_a_value_is_given_to_the_claim_that_makes_it():
    articles = ("The fee is 40 euros, says the harbour master.", "The season fee will soon be 70 euros.")
    tables = analysed(beside(thread_of(FEE), *articles))
    claims = dict(zip(tables["claims"]["claim_id"], tables["claims"]["value"], strict=True))
    context = tables["context"]
    assert context["value"].tolist() == ["€40", "€70"]
    assert claims[context["claim_id"].iloc[0]] == "€40"
    assert context["claim_id"].isna().tolist() == [False, True]


def test_weekdays_are_told_by_the_articles_own_day():
    article = (
        "The scaffold will stay until Friday, the builders said. The neighbours said it was to end on Monday."
    )
    dated = analysed(beside(thread_of(ROOF), article, date="2026-05-20"))["context"]
    assert dated["value"].tolist() == ["22 May (Friday)", "18 May (Monday)"]
    undated = analysed(beside(thread_of(ROOF), article))["context"]
    assert undated["value"].tolist() == ["Friday", "Monday"]


def test_what_is_said_of_a_claim_in_no_loop_stands_with_the_claims():
    article = "The fee for the season is 55 euros, according to the Harbour Board."
    tables = analysed(beside(thread_of(FEE[:2]), article))
    assert tables["context"].empty
    rows = tables["claim_context"]
    assert sorted(rows["claim_id"]) == sorted(tables["claims"]["claim_id"])
    assert sorted(rows["gives"]) == [False, True]
    assert set(rows["attributed_to"]) == {"Harbour Board"}


HOSPITAL = [
    ("Bea", None, "Average wait in casualty is 11 hours. A disgrace."),
    ("Colm", 1, "The wait is six hours, the trust published it."),
    ("Bea", 2, "The wait is 11 hours. Read the report."),
    ("Colm", 3, "Six hours. The report counts the ward."),
    ("Una", 4, "My mother waited all night in December."),
    ("Bea", 4, "It's 11 hours, Colm, and you know it."),
    ("Colm", 6, "It is six hours until a doctor sees you."),
    ("Bea", 7, "11 hours in casualty."),
    ("Colm", 8, "Six hours."),
]
NIGHTS = """\
Patients at St Bride's waited 11 hours on average in the casualty department last month, a report by the \
health watchdog says.

The hospital trust counts differently. In a statement, the trust said the average wait was six hours \
from arrival to being seen by a doctor.

“We do not recognise the figure of 11 hours,” said Dr Paul Anstey, the trust's medical director. “It \
includes the time that patients spend on a ward. The wait in casualty is six hours.”

Anstey, 58, joined the trust in 2015. He cycles 12 miles to work.

Nurses tell another story. One nurse, who asked not to be named, said that on the night of 28 December \
some patients waited 19 hours.

The watchdog's inspector, Ruth Calder, told a public meeting on Monday that she stood by the report. \
“Eleven hours is the wait from the door to the bed, and it is what patients live through,” Calder said.

The trust will spend 2.5 million pounds on a new ward. The ward is to have 24 beds and should open \
within two years.

Norovirus closed the children's ward for four days in December.
"""


def test_two_ways_of_counting_a_wait():
    context = analysed(beside(thread_of(HOSPITAL), NIGHTS, date="2023-01-18"))["context"]
    assert heard(context) == [
        ("11 hours", "report by the health watchdog", "Patients at St Bride's"),
        ("6 hours", "trust", "In a statement, the"),
        ("11 hours", "Dr Paul Anstey", "“We do not recognise"),
        ("6 hours", "Dr Paul Anstey", "The wait in casualty"),
        ("19 hours", "One nurse", "One nurse, who asked"),
        ("11 hours", "Calder", "“Eleven hours is the"),
    ]
    texts = dict.fromkeys(context["source_id"], NIGHTS)
    assert all(texts[row.source_id][row.start : row.end] == row.quote for row in context.itertuples())


CROWD = [
    ("Hob", None, "31,400 people at the game! A record crowd."),
    ("Jute", 1, "It was 27,900 people. Count who came, not who got a ticket."),
    ("Hob", 2, "31,400 people, the league said so."),
    ("Jute", 3, "27,900 people went through the turnstiles."),
    ("Hob", 4, "It was 31,400 people. It is the official number."),
    ("Jute", 5, "27,900 people, again."),
    ("Hob", 6, "31,400 people. Again."),
]
ROVERS = """\
A crowd of 31,400 people watched Lannock Rovers beat Strand City on Saturday, which the league said was \
a record for the women's second division.

The ground holds 40,000. Rain kept some away, and the south stand was closed for repairs until half past \
two.

According to the stadium's operator, 27,900 people passed the turnstiles; the higher number counts \
tickets that were sold or given to schools.

“It is a record by any count,” the league's chief executive, Bram Oduya, said. “The old one stood at \
26,150 people.”

Rovers scored three goals in the first half. Goalkeeper Ana Whitlow saved two penalties.
"""


def test_two_counts_of_a_crowd():
    assert heard(analysed(beside(thread_of(CROWD), ROVERS))["context"]) == [
        ("31400", None, "A crowd of 31,400"),
        ("27900", "stadium's operator", "According to the stadium's"),
        ("26150", "Bram Oduya", "“The old one stood"),
    ]


CURFEW = [*GHOST, ("Ivo", 7, "There is a curfew in Brell, it is on every wall.")]


def test_a_statement_and_its_denial_are_both_heard():
    article = (
        "A curfew is in force in Brell, the army said. Bread was scarce on Friday. "
        "“There is no curfew,” said the mayor, Lida Voss. Trams ran late."
    )
    rows = heard(analysed(beside(thread_of(CURFEW), article))["context"])
    assert [(who, words) for _, who, words in rows] == [
        ("army", "A curfew is in"),
        ("Lida Voss", "“There is no curfew,”"),
    ]


def test_a_record_is_heard_with_its_number():
    thread = [
        ("Ivo", None, "It was the biggest flood of the century."),
        ("Jun", 1, "It was not the biggest flood of the century."),
        ("Ivo", 2, "It was the biggest flood, ask anyone."),
        ("Jun", 3, "It was never the biggest flood."),
        ("Ivo", 4, "It was the biggest flood."),
        ("Jun", 5, "It was not the biggest flood, I repeat."),
    ]
    article = (
        "It was a record flood, the water office said. The largest hotel in town is full. "
        "The town has had 14 floods and storms in ten years."
    )
    rows = heard(analysed(beside(thread_of(thread), article))["context"])
    assert rows[0] == ("record", "water office", "It was a record")
    assert "The largest hotel in" not in [words for *_, words in rows]


def test_at_most_a_dozen_sentences_of_an_article_bear_on_a_loop():
    article = " ".join(f"In year {n} the season fee was 55 euros." for n in range(30))
    context = analysed(beside(thread_of(FEE), article))["context"]
    assert len(context) == 12
    assert context["start"].is_monotonic_increasing


BOTH = "The fee is 40 euros, the board said, but the mayor says that it is 55 euros."


def test_a_sentence_that_gives_both_values_has_a_row_for_each_with_its_own_speaker():
    tables = analysed(beside(thread_of(FEE), BOTH))
    context = tables["context"]
    assert heard(context) == [("€40", "board", "The fee is 40"), ("€55", "mayor", "The fee is 40")]
    values = dict(zip(tables["claims"]["claim_id"], tables["claims"]["value"], strict=True))
    assert [values[name] for name in context["claim_id"]] == ["€40", "€55"]


def test_each_of_two_claims_in_no_loop_is_given_by_a_sentence_that_gives_both():
    tables = analysed(beside(thread_of(FEE[:2]), BOTH))
    values = dict(zip(tables["claims"]["claim_id"], tables["claims"]["value"], strict=True))
    rows = tables["claim_context"]
    assert sorted((values[row.claim_id], row.value) for row in rows.itertuples() if row.gives) == [
        ("€40", "€40"),
        ("€55", "€55"),
    ]
    assert len(rows) == 4


@pytest.mark.parametrize("lines", [FEE, FEE[:2]])
def test_two_articles_of_one_source_keep_all_their_rows(lines):
    article = Article(source_id="beside", start_line=3, end_line=9, text=BOTH)
    articles = [article, replace(article, start_line=20, end_line=29)]
    tables = thread_of(lines).replace(articles=frame_of(ARTICLES, articles))
    found = analysed(tables)
    rows = found["context"] if len(found["context"]) else found["claim_context"]
    lines_of = rows["start_line"].tolist()
    assert lines_of.count(3) == lines_of.count(20) == len(rows) // 2 > 0


def test_a_claim_that_is_merely_made_again_is_left_out():
    tables = analysed(beside(thread_of(FEE[:2]), BOTH))
    again = Claim(claim_id="t:c9", thread_id="t", text="The fee is 40 euros.", annotator="recurring@1")
    claims = [*rows_of(Claim, tables["claims"]), again]
    made = Context().analyze(tables.replace(claims=frame_of(CLAIMS, claims)))
    assert made["claim_context"]["claim_id"].tolist() == tables["claim_context"]["claim_id"].tolist()


DAYS = [
    ("Ada", None, "The market opens on the 5th of the month."),
    ("Bo", 1, "The market opens on the 7th, not on the 5th."),
    ("Ada", 2, "No, the market opens on the 5th."),
    ("Bo", 3, "On the 7th. The market opens on the 7th."),
    ("Ada", 4, "The market opens on the 5th."),
    ("Bo", 5, "The market opens on the 7th."),
]


def test_days_without_a_month_are_compared_as_days():
    article = "The market opens on the 7th, said Ines Voss. The market sells cheese, and it opens early."
    rows = heard(analysed(beside(thread_of(DAYS), article))["context"])
    assert rows == [("the 7.", "Ines Voss", "The market opens on")]


FLEET = [
    ("Ivo", None, "It was the biggest tram fleet that we ever had, boats or no boats."),
    ("Jun", 1, "It was not the biggest tram fleet that we ever had, boats or no boats."),
    ("Ivo", 2, "It was the biggest tram fleet, ask the drivers of the boats."),
    ("Jun", 3, "It was never the biggest tram fleet."),
    ("Ivo", 4, "It was the biggest tram fleet."),
    ("Jun", 5, "It was not the biggest tram fleet, I repeat."),
]


def test_of_several_numbers_that_of_what_is_called_a_record_comes_first():
    article = "The town ran 90 boats and 14 trams in its fleet, a record, the mayor said."
    rows = heard(analysed(beside(thread_of(FLEET), article))["context"])
    assert [value for value, *_ in rows] == ["14 trams", "90 boats"]


def test_a_sentence_is_scored_by_its_own_speaker():
    claims = [
        Claim(claim_id=f"t:{n}", thread_id="t", text=f"It was {value}.", annotator="claims@1", value=value)
        for n, value in enumerate(("3 weeks", "10 days"))
    ]
    text = "A crane stood on the quay. It was gone after 12 days, the mayor said."
    page = Page(Article(source_id="s", start_line=1, end_line=1, text=text))
    finds = Matter(tuple(claims), more=frozenset(topics(["crane", "quay"]))).finds(page)
    assert [(find.value, find.score) for find in finds] == [(None, 0.1), ("12 days", 0.5)]


FERRY = [
    ("Ada", None, "The ferry was out for nine days."),
    ("Bo", 1, "The ferry was out for four days, not nine."),
    ("Ada", 2, "It was out for nine days, the whole bay knows it."),
    ("Bo", 3, "Four days. The ferry was out for four days."),
    ("Ada", 4, "The ferry was out for nine days."),
    ("Bo", 5, "It was four days."),
]


def test_a_denial_or_a_plan_gives_no_claims_value():
    article = (
        "“The ferry was not out for nine days,” Ida Rusk said. The ferry had been due to be out for nine "
        "days, but the council voted that down. The ferry was out for four days, the board said."
    )
    context = analysed(beside(thread_of(FERRY), article))["context"]
    assert context["value"].tolist() == ["9 days", "9 days", "4 days"]
    assert context["claim_id"].isna().tolist() == [True, True, False]


def test_a_length_that_is_shared_by_chance_is_left_out():
    article = (
        "The ferry to the island broke down. The council met for nine days of talks. Gulls cried. "
        "A storm that lasted four days hit the coast. A man swam the bay in four days."
    )
    assert "9 days" not in analysed(beside(thread_of(FERRY), article))["context"]["value"].tolist()
    assert "4 days" not in analysed(beside(thread_of(FERRY), article))["context"]["value"].tolist()


def test_a_month_alone_does_not_answer_how_long():
    article = "In late January the ferry was sold. The ferry was out until late January."
    assert heard(analysed(beside(thread_of(FERRY), article))["context"]) == [
        ("late January", None, "The ferry was out")
    ]


def test_loops_keep_their_order_whatever_thread_they_are_of():
    other = [(author, answers, text.replace("fee", "toll")) for author, answers, text in FEE]
    tables = beside(thread_of([*FEE, *((a, n and n + len(FEE), t) for a, n, t in other)]), BOTH)
    found = analysed(tables)
    assert found["context"]["loop_id"].drop_duplicates().tolist() == [
        loop for loop in found["loops"]["loop_id"] if loop in set(found["context"]["loop_id"])
    ]
