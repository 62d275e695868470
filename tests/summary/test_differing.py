"""What two runs over one source say otherwise is found, label by label."""

import pandas as pd
from made_thread import HOSTILE_NAME, made_tables, post_id

from discourse.summary.differing import COLUMNS, FIRST, LABEL, SAME, SCORE, SECOND, as_rows, differences


def told(first, second):
    found = differences(first, second)
    return {
        (part, kind): count
        for part, kinds in found.counts.items()
        for kind, count in kinds.items()
        if kind != SAME and count
    }, found


def changed(name, change):
    tables = made_tables()
    frame = tables[name].copy()
    return tables.replace(**{name: change(frame)})


def set_at(frame, row, **values):
    for column, value in values.items():
        frame.loc[row, column] = value
    return frame


def hedge(frame):
    return frame.index[frame["quote"] == "I think"][0]


def test_a_run_against_itself_differs_in_nothing():
    counts, found = told(made_tables(), made_tables())
    assert counts == {}
    assert found.rows == []
    assert found.counts["post"][SAME] == 14
    assert found.counts["camp"][SAME] == 6


def test_makers_and_their_versions_do_not_count():
    later = changed("annotations", lambda frame: frame.assign(annotator="other@9"))
    assert told(made_tables(), later)[0] == {}


def test_a_label_of_one_run_alone_is_told_with_its_place_and_words():
    less = changed("annotations", lambda frame: frame.drop(hedge(frame)))
    counts, found = told(made_tables(), less)
    assert counts == {("rhetoric", FIRST): 1}
    (row,) = found.rows
    assert (row.posts, row.labels, row.quote) == ((post_id(7), post_id(7)), ("hedge", None), "I think")
    assert told(less, made_tables())[0] == {("rhetoric", SECOND): 1}


def test_another_label_at_the_same_place_is_one_that_differs():
    other = changed("annotations", lambda frame: set_at(frame, hedge(frame), label="booster"))
    counts, found = told(made_tables(), other)
    assert counts == {("rhetoric", LABEL): 1}
    assert found.rows[0].labels == ("hedge", "booster")


def test_another_score_is_told_with_both():
    other = changed("annotations", lambda frame: set_at(frame, hedge(frame), score=0.1))
    counts, found = told(made_tables(), other)
    assert counts == {("rhetoric", SCORE): 1}
    assert found.rows[0].scores == (0.9, 0.1)


def test_claims_that_are_numbered_anew_are_the_same_by_their_words():
    def renamed(table):
        ids = {f"c{n}": f"new{n}" for n in range(1, 5)}
        return table.replace({"target": ids, "claim_id": ids})

    tables = made_tables()
    other = tables.replace(**{name: renamed(tables[name]) for name in ("annotations", "claims", "stances")})
    assert told(tables, other)[0] == {}


def test_a_link_that_leads_elsewhere_nowhere_or_with_another_score_is_told():
    def links(frame):
        frame = set_at(frame, 2, reply_to=post_id(1))
        frame = set_at(frame, 4, reply_to=None, reply_evidence="none", reply_score=None)
        return set_at(frame, 5, reply_score=0.2)

    counts, found = told(made_tables(), changed("posts", links))
    assert counts == {("link", LABEL): 1, ("link", FIRST): 1, ("link", SCORE): 1}
    assert found.rows[0].labels == (post_id(2), post_id(1))


def test_posts_are_matched_by_their_text_where_their_numbers_moved():
    """A reader that drops the first post numbers all others anew."""
    tables = made_tables()
    numbers = {post_id(n): post_id(n - 1) for n in range(2, 15)} | {post_id(1): post_id(99)}
    posts = tables["posts"].iloc[1:].reset_index(drop=True)
    moved = posts.assign(
        post_id=posts["post_id"].map(numbers),
        reply_to=posts["reply_to"].map(lambda name: numbers.get(name, name)),
    )
    kept = tables["annotations"]
    kept = kept[kept["post_id"] != post_id(1)]
    rows = kept.assign(post_id=kept["post_id"].map(numbers), target=kept["target"].replace(numbers))
    counts, _ = told(tables, tables.replace(posts=moved, annotations=rows))
    assert counts[("post", FIRST)] == 1
    # what answers the post that is gone leads elsewhere; all else is the same
    assert not {part for part, _ in counts} & {"rhetoric", "stance", "claim"}


def test_an_author_read_otherwise_is_told():
    other = changed("posts", lambda frame: set_at(frame, 9, author="Somebody"))
    counts, found = told(made_tables(), other)
    assert counts == {("post", LABEL): 1}
    assert found.rows[0].labels[1] == "Somebody"


def test_camps_that_are_numbered_the_other_way_round_are_the_same():
    turned = changed("camps", lambda frame: frame.assign(camp=3 - frame["camp"]))
    assert told(made_tables(), turned)[0] == {}
    one_moved = changed("camps", lambda frame: set_at(frame.assign(camp=3 - frame["camp"]), 0, camp=2))
    assert told(made_tables(), one_moved)[0] == {("camp", LABEL): 1}


def test_an_authors_stance_is_held_against_the_others():
    other = changed("stances", lambda frame: set_at(frame, 0, label="favor"))
    counts, found = told(made_tables(), other)
    assert counts == {("side", LABEL): 1}
    assert found.rows[0].labels == ("against", "favor")


def test_every_difference_is_a_row_under_the_same_columns():
    less = changed("annotations", lambda frame: frame[frame["layer"] != "rhetoric"])
    _, found = told(made_tables(), less)
    table = pd.DataFrame(as_rows(found), columns=list(COLUMNS))
    assert len(table) == len(found.rows) > 3
    assert HOSTILE_NAME in set(table["author"])


def test_a_stance_in_one_thread_is_not_that_in_another():
    """The same author takes the same target's side here and stands against it there."""
    tables = made_tables()
    rows = tables["stances"]
    here = rows[~rows["target"].isin(set(tables["claims"]["claim_id"]))]
    two = pd.concat([here.assign(thread_id=name, label="favor") for name in ("one", "two")])
    first = tables.replace(stances=two.reset_index(drop=True))
    turned = two.assign(label=two["label"].where(two["thread_id"] == "two", "against"))
    second = tables.replace(stances=turned.reset_index(drop=True))
    assert differences(first, first).counts["side"] == {SAME: len(two)}
    counts, found = told(first, second)
    assert counts == {("side", LABEL): len(here)}
    assert len(found.rows) == len(here)
    assert {row.labels for row in found.rows} == {("favor", "against")}
