"""Labels of people in the place of the machine's."""

from collections.abc import Callable, Collection, Mapping

import pandas as pd
from msgspec import Struct

from discourse.labels.decisions import HUMAN, LABEL_KEY
from discourse.labels.overruling.decided import CLAIM_GONE, PAIR_GONE, PARTED, LeftOut, OnPost, Word
from discourse.labels.overruling.pages import Moves, Place
from discourse.labels.overruling.settling import Against, Its, identity, settled
from discourse.labels.overruling.told import Change
from discourse.model import Annotation
from discourse.tables import ANNOTATIONS, frame_of, rows_of


class Placed(Struct, frozen=True):
    """A label of a person on the post that holds its words now."""

    row: Annotation
    is_whole: bool  # it was given to the whole of a post, maybe by a file that knows no places


Words = Mapping[str, list[Placed]]  # people's labels on each post as it stands now


def peoples_labels(
    decided: Mapping[str, OnPost],
    moves: Moves,
    texts: Mapping[str, str],
    target: Callable[[Word, Place], str | None],
    parents: Mapping[str, str | None],
) -> tuple[dict[str, list[Placed]], list[LeftOut]]:
    """Return people's labels as rows on the posts as they stand now, and those that have no place any more.

    Whom a post answers that is now part of another is no question any more, and no post answers or quotes
    itself: such labels are left out, and not told.

    Parameters
    ----------
    texts
        The text of each post as it stands now.
    target
        What a label's target is called now, such as a claim that is numbered anew; raises `LookupError` where
        it is gone.
    parents
        Whom posts answer now, of those whose link people moved: what was said of an answer to another post
        is left out.
    """
    found: dict[str, list[Placed]] = {}
    left_out: list[LeftOut] = []
    for post_id, on_post in decided.items():
        for word in on_post.labels.values():
            if moves.has_lost(post_id, word.value["layer"]):
                continue
            place = moves.place(post_id, word.value["start"], word.value["end"])
            if place is None:
                left_out.append(LeftOut(word, PARTED))
                continue
            try:
                row = _row(word, place, texts, target(word, place))
            except LookupError:
                left_out.append(LeftOut(word, CLAIM_GONE))
                continue
            if moves.points_at_itself(row.layer, row.target, row.post_id):
                continue
            if _is_of_another_pair(row, parents):
                left_out.append(LeftOut(word, PAIR_GONE))
                continue
            is_whole = _is_whole(word, row, moves, texts)
            found.setdefault(row.post_id, []).append(Placed(row, is_whole))
    return found, left_out


def _is_of_another_pair(row: Annotation, parents: Mapping[str, str | None]) -> bool:
    is_moved = row.layer == "reply" and row.post_id in parents
    return is_moved and row.target is not None and row.target != parents[row.post_id]


def _is_whole(word: Word, row: Annotation, moves: Moves, texts: Mapping[str, str]) -> bool:
    """Say whether a label is on all of a post as it was read, not on words of one of the machine's."""
    if word.value.get("accepts") or word.value.get("instead"):
        return False
    _, start, end = next(moves.stretches(word.decision.post_id))
    return row.start <= start and row.end >= min(end, len(texts[row.post_id]))


def _row(word: Word, place: Place, texts: Mapping[str, str], target: str | None) -> Annotation:
    post_id, start, end = place
    value = word.value
    return Annotation(
        post_id=post_id,
        start=start,
        end=end,
        layer=value["layer"],
        label=value["label"],
        target=target,
        annotator=word.annotator,
        quote=texts[post_id][start:end],
        detail=value.get("detail"),
        also=value.get("accepts"),
    )


def against(decided: Mapping[str, OnPost], moves: Moves) -> dict[str, Against]:
    """Return what people said against labels, by the posts as they stand now: it follows the words."""
    found: dict[str, Against] = {}
    for post_id, on_post in decided.items():
        for key, who in on_post.rejected.items():
            value = dict(zip(LABEL_KEY, key, strict=True))
            place = moves.place(post_id, value["start"], value["end"])
            if place is not None and not moves.has_lost(post_id, value["layer"]):
                home, value["start"], value["end"] = place
                value["target"] = moves.target(value["layer"], value["target"])
                found.setdefault(home, Against()).rejected[identity(value)] = who
        for home, start, end in moves.stretches(post_id):
            # who looked whom a post answers has not looked whom the second part of it answers
            is_own = home == moves.post(post_id) and not moves.has_lost(post_id, "reply")
            read = {what: who for what, who in on_post.read.items() if is_own or what[0] != "reply"}
            if read:
                looked = OnPost(read=read, read_before_link=on_post.read_before_link)
                found.setdefault(home, Against()).read.append((start, end, looked))
    return found


def overruled(
    frame: pd.DataFrame,
    layers: frozenset[str],
    said: Mapping[str, Against],
    people: Words,
    texts: Mapping[str, str],
    *,
    relinked: Collection[str],
) -> tuple[pd.DataFrame, list[Change]]:
    """Return the labels with people's in the place of the machine's, on some layers.

    A label of a person stands. A label of the machine goes where a person rejected or changed it, where one
    of the same name overlaps it, where a person chose (of answers and stances a post has one on each target),
    and where somebody looked for it and did not find it; all others stay. A label of a person on a whole
    post confirms those of the machine's of the same name within it.

    Parameters
    ----------
    said
        What people said against labels of each post; see `against`.
    people
        Their own labels; see `peoples_labels`.
    texts
        The text of each post as it stands now.
    relinked
        Posts whose link people moved: whoever looked before at the answer, looked at another.
    """
    mine = frame["post_id"].isin({*said, *people}) & frame["layer"].isin(layers)
    by_people = frame["annotator"].str.startswith(HUMAN) & frame["layer"].isin(layers)  # of a stage before
    mine &= ~by_people
    machine: dict[str, list[Annotation]] = {}
    for row in rows_of(Annotation, frame[mine]):
        machine.setdefault(row.post_id, []).append(row)
    changes: list[Change] = []
    rows: list[Annotation] = []
    for post_id in dict.fromkeys([*machine, *people]):
        words = [one for one in people.get(post_id, ()) if one.row.layer in layers]
        its = Its(
            machine.get(post_id, []),
            [one.row for one in words if not one.is_whole],
            [one.row for one in words if one.is_whole],
        )
        stand, told = settled(its, said.get(post_id, Against()), texts, post_id in relinked)
        rows += stand
        changes += told
    added = frame_of(ANNOTATIONS, rows)
    parts = [part for part in (frame[~mine & ~by_people], added) if len(part)]
    return (pd.concat(parts, ignore_index=True) if parts else frame), changes
