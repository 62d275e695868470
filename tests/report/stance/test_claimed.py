"""Authors by claims: which pairs are shown, what they are called, and where their cells come from."""

import pytest
from made_thread import made_rows

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.stance.claimed import MOST_PAIRS
from discourse.report.stance.stance import chapters
from discourse.tables import CONTRACT, Tables, frame_of


def told(rows):
    tables = Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})
    return chapters(Book.of(tables), {}).chapters[0].claims


def with_pairs(count):
    """Return rows with so many more pairs of claims, the later ones asserted by more authors."""
    rows = made_rows()
    claim, stance = rows["claims"][0], rows["stances"][0]
    takers = ("Marta", "old_swimmer", "Quiet reader")
    for n in range(count):
        for own, other in (("x", "y"), ("y", "x")):
            more = {"claim_id": f"{own}{n}", "text": f"claim {own} {n}", "conflicts_with": f"{other}{n}"}
            rows["claims"].append(claim | more)
        rows["stances"] += [
            stance | {"author": author, "target": f"x{n}", "label": "favor"} for author in takers[: 1 + n]
        ]
    return rows


@pytest.fixture(scope="module")
def claims():
    return told(made_rows())


def cells(claims, author):
    (line,) = [line for line in claims.matrix.lines if line.author == author]
    return [cell.sign for cell in line.cells]


def test_disputes_come_first_with_their_own_numbers_and_letters(claims):
    assert [named.key for pair in claims.pairs for named in pair.claims] == ["A1", "B1", "A2", "B2"]
    assert all(pair.is_dispute for pair in claims.pairs)


def test_a_cell_says_how_many_posts_assert_or_deny(claims):
    assert cells(claims, "Marta")[:2] == ["+4", "−4"]
    assert cells(claims, "old_swimmer")[:2] == ["−1", "+5"]


def test_a_dispute_whose_claims_no_label_names_is_read_off_its_turns(claims):
    assert cells(claims, "Marta")[2:] == ["+1 ?", ""]
    assert claims.by_turns == "2"
    (line,) = [line for line in claims.matrix.lines if line.author == "Marta"]
    assert [ref.number for ref in line.cells[2].posts] == ["6"]


def test_other_pairs_go_on_counting_those_of_most_authors_first():
    claims = told(with_pairs(2))
    assert [(pair.number, pair.is_dispute) for pair in claims.pairs] == [
        (1, True),
        (2, True),
        (3, False),
        (4, False),
    ]
    assert claims.pairs[2].claims[0].text == "claim x 1"


def test_a_claim_with_two_rivals_has_its_cells_in_both_pairs():
    rows = made_rows()
    rows["claims"].append(
        rows["claims"][1] | {"claim_id": "c9", "text": "It was a month", "conflicts_with": "c1"}
    )
    rows["stances"].append(rows["stances"][0] | {"target": "c9", "author": "Quiet reader"})
    claims = told(rows)
    assert [named.text for named in claims.pairs[2].claims] == [
        "It was a month",
        "It was closed for two whole months",
    ]
    assert cells(claims, "Marta")[5] == cells(claims, "Marta")[0] == "+4"


def test_pairs_that_nobody_takes_up_are_left_out():
    rows = made_rows()
    claim = {"claim_id": "x", "text": "nobody says so", "conflicts_with": "c2"}
    rows["claims"].append(rows["claims"][0] | claim)
    rows["stances"] = [row for row in rows["stances"] if row["target"] not in ("c1", "c2")]
    rows["loops"] = rows["turns"] = []
    assert told(rows) is None


def test_more_pairs_than_a_table_holds_are_counted():
    claims = told(with_pairs(MOST_PAIRS + 3))
    assert len(claims.pairs) == MOST_PAIRS
    assert len(claims.matrix.columns) == 2 * MOST_PAIRS
    assert claims.left_out == "5 more pairs of claims in tables/stances.csv"


def test_a_long_claim_is_shortened_and_stays_text():
    rows = made_rows()
    rows["claims"][0]["text"] = "<script>x</script> " + "so long " * 100
    html = render_report(Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()}), {})
    assert "<script>x" not in html
    assert len(told(rows).pairs[0].claims[0].text) <= 140
