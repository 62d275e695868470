"""From what a coder sends to decisions: checked against the post, or refused in one line."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from discourse.labels.decisions import Decision
from discourse.labels.people import key_of
from discourse.review.checks import Form, answered_post, check_asked, place_of, target_of, what_of
from discourse.review.disputes import Dispute
from discourse.review.forms import RefusedError, bare, place, whole
from discourse.review.scene import Scene, row_key
from discourse.review.standing import replaces
from discourse.stored.streaming import Row

Value = dict[str, Any]


class Made(Struct, frozen=True):
    """What comes of an action."""

    decisions: list[Decision]  # one action of the journal, undone together
    goes_on: bool = False  # to the next post
    leaves_link: bool = False  # all but whom the post answers is said


def accept(scene: Scene, form: Form) -> Made:
    """Confirm somebody else's label."""
    row = _others(scene, form)
    instead = [own.decision for own in scene.standing.labels.values() if replaces(own.decision, row)]
    return Made([*_taken_back(scene, instead), _accepted(scene, row)])


def reject(scene: Scene, form: Form) -> Made:
    """Say that a label is wrong, or take an own one back."""
    return Made([_decide(scene, "reject", row_key(_seen(scene, form)))])


def change(scene: Scene, form: Form) -> Made:
    """Give a label another name, target or place; whatever the form leaves out stays."""
    row = _seen(scene, form)
    layer, label = what_of(scene, form, row["layer"], row["label"])
    target = target_of(scene, layer, form["target"]) if "target" in form else row["target"]
    if layer != row["layer"] and "target" not in form:
        target = target_of(scene, layer, "")
    span = place(scene.post.text, form.get("start", row["start"]), form.get("end", row["end"]))
    value = _label(scene, layer, label, target, span)
    if key_of(value) == key_of(row):
        raise RefusedError("nothing was changed")
    return Made(_change(scene, row, value))


def add(scene: Scene, form: Form) -> Made:
    """Give a label of one's own; one that says what a machine's label says confirms that."""
    layer, label = what_of(scene, form)
    target = target_of(scene, layer, form.get("target", ""))
    text = scene.post.text
    if layer == "reply" or not (form.get("start") or form.get("quote")):
        span = (0, len(text))
    elif form.get("start"):
        span = place(text, form["start"], form.get("end", ""))
    else:
        span = place_of(text, form["quote"])
    if layer == "reply":
        return Made(_reply(scene, label, target))
    return Made([_own(scene, _label(scene, layer, label, target, span))])


def link(scene: Scene, form: Form) -> Made:
    """Say which post this one answers; 0 where it answers none."""
    check_asked(scene, "link")
    number = whole(form.get("answers", ""), "the number of the post answered, or 0")
    reply_to = answered_post(scene, number) if number else None
    decision = _decide(scene, "link", {"reply_to": reply_to})
    # what was said of the agreement with another post holds no longer
    own = [one for one in scene.standing.own_replies() if one.value["target"] != reply_to]
    replies = [row for row in scene.machines("reply") if row["target"] != reply_to]
    gone = [row for row in replies if scene.standing.state_of(row) != "rejected"]
    return Made(
        [decision, *_taken_back(scene, own), *(_decide(scene, "reject", row_key(row)) for row in gone)]
    )


def join(scene: Scene, _form: Form) -> Made:
    """Say that no post begins here: it belongs to the one before it."""
    check_asked(scene, "split")
    if not scene.task.desk.around(scene.post, 1, 0)[0]:
        raise RefusedError("no post stands before this one")
    if scene.standing.join is not None:
        raise RefusedError("it is joined with the post before already")
    return Made([_decide(scene, "join", {})])


def split(scene: Scene, form: Form) -> Made:
    """Say that another post begins within this one."""
    check_asked(scene, "split")
    at = whole(form.get("at", ""), "where the second post begins")
    if not 0 < at < len(scene.post.text):
        raise RefusedError("put the cursor on the word with which the second post begins")
    author = bare(form.get("author", ""), "an author") or None
    return Made([_decide(scene, "split", {"at": at, "author": author})])


def turn(scene: Scene, form: Form) -> Made:
    """Say whether the post is a turn of a loop, and what kind of one: see `TURNS`."""
    check_asked(scene, "turn")
    number = whole(form.get("dispute", ""), "the number of a dispute")
    dispute = next((one for one in scene.disputes if one.place == number), None)
    if dispute is None:
        raise RefusedError("there is no such dispute near this post")
    part = form.get("part", "")
    if part == "same":  # as the machine has it
        row = None if scene.is_hidden else dispute.turns.get(scene.post.number)
        if row is None:
            raise RefusedError("the machine does not say that it is a turn")
        return Made([_turn(scene, dispute, *(row[name] for name in _PARTS))])
    if part not in TURNS:
        raise RefusedError("say which side it is on, or that it is no turn")
    return Made([_turn(scene, dispute, *TURNS[part])])


def done(scene: Scene, form: Form) -> Made:
    """Say that the post was read for all that is asked.

    Where the machine's labels are in sight, those on which nothing was said are confirmed, one by one,
    or with `rest=reject` rejected. Where they are not, nothing is: what the coder did not find is not there.
    To reject does not say whom the post answers instead: a link on which nothing was said stays undecided,
    and the post unread for it.
    """
    is_no = form.get("rest") == "reject"
    decisions = [] if scene.is_hidden or scene.is_done else _rest(scene, is_no=is_no)
    has_open_link = "link" in scene.task.layers and scene.standing.link is None
    if has_open_link and not is_no:
        decisions.append(_same_link(scene))
    leaves_link = has_open_link and is_no
    layers = [layer for layer in scene.task.layers if layer != "link" or not leaves_link]
    if not layers:
        raise RefusedError("say which post it answers (0 where none)")
    decisions += [_decide(scene, "read", {"layer": layer, "label": None}) for layer in layers]
    return Made(decisions, goes_on=not scene.is_hidden, leaves_link=leaves_link)


ACTIONS: dict[str, Callable[[Scene, Form], Made]] = {
    "accept": accept,
    "reject": reject,
    "change": change,
    "add": add,
    "link": link,
    "join": join,
    "split": split,
    "turn": turn,
    "done": done,
}

_PARTS = ("side", "role", "is_empty", "has_evidence")
# what a turn can be
TURNS: dict[str, tuple[str | None, str | None, bool | None, bool | None]] = {
    "none": (None, None, None, None),
    **{
        f"{side}-{name}": (side, role, is_empty, has_evidence)
        for side in "ab"
        for name, role, is_empty, has_evidence in (
            ("first", "assertion", False, False),
            ("first-evidence", "assertion", False, True),
            ("again-empty", "restatement", True, False),
            ("again-reason", "restatement", False, False),
            ("again-evidence", "restatement", False, True),
        )
    },
}


def _decide(scene: Scene, kind: Any, value: Value) -> Decision:
    return Decision(kind=kind, post_id=scene.post.post_id, text_hash=scene.post.digest, value=value)


def _seen(scene: Scene, form: Form) -> Row:
    row = scene.label(form.get("label_id", ""))
    if row is None:
        raise RefusedError("this label is not there any more; load the page again")
    return row


def _others(scene: Scene, form: Form) -> Row:
    row = _seen(scene, form)
    if row["annotator"] == scene.coder:
        raise RefusedError("it is your own label")
    return row


def _label(scene: Scene, layer: str, label: str, target: str | None, span: tuple[int, int]) -> Value:
    start, end = span
    if start == end and scene.post.text:
        raise RefusedError("mark at least one word")
    quote = scene.post.text[start:end]
    value = {"layer": layer, "label": label, "target": target, "start": start, "end": end, "quote": quote}
    return {**value, "detail": None}


def _accepted(scene: Scene, row: Row) -> Decision:
    value = _label(scene, row["layer"], row["label"], row["target"], (row["start"], row["end"]))
    return _decide(scene, "label", {**value, "detail": row["detail"], "accepts": row["annotator"]})


def _taken_back(scene: Scene, own: Iterable[Decision]) -> list[Decision]:
    return [_decide(scene, "reject", row_key({**one.value, "annotator": scene.coder})) for one in own]


def _own(scene: Scene, value: Value) -> Decision:
    """Return an own label, as a confirmation where the coder sees the same label of a machine's."""
    same = next((row for row in scene.machines() if key_of(row) == key_of(value)), None)
    return _decide(scene, "label", value) if same is None else _accepted(scene, same)


def _change(scene: Scene, row: Row, value: Value) -> list[Decision]:
    if row["annotator"] != scene.coder:
        return [_decide(scene, "label", {**value, "instead": row_key(row)})]
    before = scene.standing.labels[key_of(row)].decision.value
    if before.get("accepts"):
        value["instead"] = row_key({**before, "annotator": before["accepts"]})
    elif before.get("instead"):
        value["instead"] = before["instead"]
    return [_decide(scene, "reject", row_key(row)), _decide(scene, "label", value)]


def _reply(scene: Scene, label: str, target: str | None) -> list[Decision]:
    """Return the label of agreement with the post answered, in the place of what was said before."""
    machine = [row for row in scene.machines("reply") if row["target"] == target]
    gone = _taken_back(scene, scene.standing.own_replies())
    if same := [row for row in machine if row["label"] == label]:
        return [*gone, _accepted(scene, same[0])]
    value = _label(scene, "reply", label, target, (0, len(scene.post.text)))
    if machine:
        value["instead"] = row_key(machine[0])
    return [*gone, _decide(scene, "label", value)]


def _rest(scene: Scene, *, is_no: bool) -> list[Decision]:
    """Return the same answer to all of the machine's labels and turns on which nothing was said."""
    rows = scene.undecided()
    labels = [_decide(scene, "reject", row_key(row)) if is_no else _accepted(scene, row) for row in rows]
    turns = [
        _turn(scene, dispute, *(TURNS["none"] if is_no else (row[name] for name in _PARTS)))
        for dispute, row in scene.undecided_turns()
    ]
    return labels + turns


def _turn(scene: Scene, dispute: Dispute, *parts: object) -> Decision:
    about = {"loop_id": dispute.loop_id, "question": dispute.question, "posts": dispute.posts}
    return _decide(scene, "turn", {**about, **dict(zip(_PARTS, parts, strict=True))})


def _same_link(scene: Scene) -> Decision:
    """Return the machine's link as the coder's own, where it is in sight."""
    is_first = not scene.task.desk.around(scene.post, 1, 0)[0]
    if not scene.shows_link and not is_first:
        raise RefusedError("say first which post it answers (0 where none)")
    parent = None if scene.parent is None else scene.parent_id
    return _decide(scene, "link", {"reply_to": parent})
