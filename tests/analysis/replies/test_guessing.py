"""Which posts are guessed at, and which are left alone."""

from discourse.analysis.replies.replies import Replies
from discourse.tables import Tables
from tests.analysis.talk import answers, linked, posts_of, say, talk
from tests.text.steps import count_steps

LAMP = "The lighthouse keeper polishes the brass lamp with vinegar every Thursday."
REPLY = "You must not put vinegar on a brass lamp, keeper or not!"


def guessed(*lines):
    """Return the ids of the posts that have inferred links."""
    links = Replies().analyze(talk(*lines))["links"]
    return set(links.loc[links["evidence"] == "inferred", "post_id"])


def test_a_post_that_names_nobody_is_guessed_at():
    assert guessed(say("Ada", LAMP), say("Bo", REPLY)) == {"t:2"}


def test_in_a_source_that_states_links_a_post_without_one_is_a_root():
    linked_one = say("Bo", REPLY, reply_to="t:1", reply_evidence="indent", reply_score=1.0)
    lines = [say("Ada", LAMP), linked_one, say("Cy", "You never polished a thing!")]
    assert guessed(*lines) == set()
    assert answers(*lines) == [None, 1, None]


def test_a_thread_of_roots_that_its_source_is_sure_of_gets_no_guesses():
    lines = [say(who, what, reply_score=1.0) for who, what in (("Ada", LAMP), ("Bo", REPLY))]
    assert guessed(*lines) == set()
    assert posts_of(linked(*lines))[1].reply_score == 1.0


def test_what_the_source_links_gets_no_candidates():
    lines = [say("Ada", LAMP), say("Bo", REPLY, reply_to="t:1", reply_evidence="explicit", reply_score=1.0)]
    assert Replies().analyze(talk(*lines))["links"].empty


def test_in_a_source_that_states_links_a_quotation_is_a_hint():
    linked_one = say("Bo", "Hm.", reply_to="t:1", reply_evidence="indent", reply_score=1.0)
    found = posts_of(linked(say("Ada", LAMP), linked_one, say("Cy", f"{LAMP}\nDoes he?")))[-1]
    assert (found.reply_to, found.reply_evidence) == ("t:1", "inferred")


def test_names_on_some_posts_leave_the_others_to_be_guessed():
    assert guessed(say("Ada", LAMP), say("Bo", "Hm.", "Ada"), say("Cy", REPLY)) == {"t:3"}


def test_scores_of_a_post_add_up_to_one_at_most():
    links = Replies().analyze(talk(*[say(a, t) for a, t in [("Ada", LAMP), ("Bo", REPLY)] * 8]))["links"]
    assert (links.groupby("post_id")["score"].sum() <= 1.001).all()
    assert links["score"].between(0.02, 1).all()


def test_thread_by_thread_is_all_at_once():
    one, two = talk(say("Ada", LAMP), say("Bo", REPLY)), talk(say("Cy", LAMP), say("Dov", REPLY), name="u")
    alone = [len(Replies().analyze(tables)["links"]) for tables in (one, two)]
    assert len(Replies().analyze(Tables.concat([one, two]))["links"]) == sum(alone)


def test_where_every_link_is_stated_no_word_is_read():
    lines = [say("Ada", LAMP)] + [say("Bo", REPLY, reply_to="t:1", reply_evidence="indent") for _ in range(9)]
    tables = talk(*lines)
    assert count_steps(lambda: Replies().analyze(tables), ("text/tokens.py", "learn/reply_speech.py")) == 0
