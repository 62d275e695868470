"""What stands on one post where people and the machine have spoken."""

from discourse.labels.decisions import Decision
from discourse.labels.overruling.decided import OnPost, Word
from discourse.labels.overruling.settling import Against, Its, settled
from discourse.model import Annotation

TEXT = "Figures say so, the study says so, and so do the minutes."


def label(start, end, annotator="machine@1", *, layer="rhetoric", name="evidence", target=None):
    return Annotation(
        post_id="t:1",
        start=start,
        end=end,
        layer=layer,
        label=name,
        target=target,
        annotator=annotator,
        quote=TEXT[start:end],
    )


def stands(machine=(), exact=(), whole=(), said=None, is_relinked=False):
    its = Its(list(machine), list(exact), list(whole))
    rows, changes = settled(its, said or Against(), {"t:1": TEXT}, is_relinked)
    found = [(row.start, row.end, row.annotator, row.also) for row in rows]
    return found, [(one.action, one.annotator) for one in changes]


def on_post(*said):
    found = OnPost()
    for who, kind, value in said:
        found.take(Word(who, Decision(kind=kind, post_id="t:1", text_hash="", value=value)))
    return found


def read(*said, layer="rhetoric"):
    return on_post(*((who, "read", {"layer": layer, "label": name}) for who, name in said))


def test_a_rejection_by_reading_is_of_whoever_read_that_layer():
    looked = on_post(
        ("human:ann", "read", {"layer": "quote", "label": None}),
        ("human:cy", "read", {"layer": "rhetoric", "label": "hedge"}),
        ("human:bo", "read", {"layer": "rhetoric", "label": None}),
    )
    assert stands([label(0, 7)], said=Against(read=[(0, 99, looked)])) == ([], [("reject", "human:bo")])
    hedge = label(0, 7, name="hedge")
    assert stands([hedge], said=Against(read=[(0, 99, looked)])) == ([], [("reject", "human:cy")])


def test_a_label_on_the_whole_post_confirms_the_machines_within_it():
    whole = label(0, len(TEXT), "human:ann")
    looked = Against(read=[(0, 99, read(("human:ann", None)))])
    found, told = stands([label(0, 7), label(20, 25)], whole=[whole], said=looked)
    assert found == [(0, 7, "machine@1", "human:ann"), (20, 25, "machine@1", "human:ann")]
    assert told == [("confirm", "human:ann")] * 2
    other = label(0, 7, name="hedge")
    assert stands([other], whole=[whole])[0] == [
        (0, 7, "machine@1", None),
        (0, len(TEXT), "human:ann", None),
    ]
    assert stands([other], whole=[whole])[1] == [("add", "human:ann")]


def test_a_label_on_the_whole_post_stands_where_the_only_one_within_it_was_rejected():
    wrong = label(0, 7)
    said = Against(rejected={("rhetoric", "evidence", None, 0, 7): "human:bo"})
    found, told = stands([wrong], whole=[label(0, len(TEXT), "human:ann")], said=said)
    assert found == [(0, len(TEXT), "human:ann", None)]
    assert told == [("reject", "human:bo"), ("add", "human:ann")]


def test_a_label_on_the_whole_post_does_not_swallow_peoples_exact_ones():
    whole = [label(0, len(TEXT), who) for who in ("human:ann", "human:cy")]
    found, told = stands([label(20, 25)], exact=[label(0, 7, "human:bo")], whole=whole)
    assert found == [
        (20, 25, "machine@1", "human:ann human:cy"),
        (0, 7, "human:bo", "human:ann human:cy"),
    ]
    assert told == [("confirm", "human:ann"), ("add", "human:bo")]


def test_a_label_that_the_machine_too_gives_to_the_whole_post_is_confirmed_as_any_other():
    whole = label(0, len(TEXT), "human:ann")
    found, told = stands([label(0, len(TEXT))], whole=[whole])
    assert (found, told) == ([(0, len(TEXT), "human:ann", None)], [("confirm", "human:ann")])


def test_a_stance_on_the_whole_post_takes_the_place_of_the_machines():
    old = label(0, 7, layer="stance", name="against", target="the plan")
    new = label(0, len(TEXT), "human:ann", layer="stance", name="favor", target="the plan")
    assert stands([old], whole=[new]) == ([(0, len(TEXT), "human:ann", None)], [("change", "human:ann")])


def test_who_read_an_answer_before_the_link_was_moved_read_another():
    looked = {"layer": "reply", "label": None}
    link = ("human:bo", "link", {"reply_to": "t:0"})
    before = on_post(("human:ann", "read", looked), link)
    after = on_post(("human:ann", "read", looked), link, ("human:ann", "read", looked))
    answer = label(0, 7, layer="reply", name="agree", target="t:0")
    assert stands([answer], said=Against(read=[(0, 99, before)]), is_relinked=True)[1] == []
    # a link that was confirmed moves nothing
    assert stands([answer], said=Against(read=[(0, 99, before)]))[1] == [("reject", "human:ann")]
    told = stands([answer], said=Against(read=[(0, 99, after)]), is_relinked=True)[1]
    assert told == [("reject", "human:ann")]
