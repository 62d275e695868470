"""What stands to be decided on a post, in words, as the page lists it."""

from collections.abc import Iterator
from textwrap import shorten

from msgspec import Struct

from discourse.labels.decisions import HUMAN
from discourse.labels.journal import Noted
from discourse.labels.people import key_of
from discourse.review.codebook import ASKED
from discourse.review.desk import UNSURE_BELOW
from discourse.review.disputes import Dispute
from discourse.review.scene import Scene, label_id, own_row
from discourse.review.told import label_words, turn_words
from discourse.stored.streaming import Row

EVIDENCE = {
    "explicit": "named on the page",
    "quote": "found by what it quotes",
    "mention": "found by an @-mention",
    "indent": "found by indentation",
    "inferred": "guessed from what was said",
    "none": "no sign of another post",
}
_WHY = 70  # characters of a rule that are shown
_SHOWN = 160  # characters of a quotation in the list; the text above has it whole


class Item(Struct, frozen=True, kw_only=True):
    """One thing that somebody said of the post."""

    id: str  # the same from page to page
    kind: str  # label | link | turn | page
    layer: str
    words: str
    state: str  # undecided | accepted | changed | rejected | own
    maker: str  # who says so; empty of the coder's own
    meaning: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    score: str = ""
    is_unsure: bool = False
    why: str = ""
    own_words: str = ""  # what the coder says instead
    action: int | None = None  # of the journal, that can be taken back
    field: str = ""  # what a form sends of it

    @property
    def is_own(self) -> bool:
        """Whether it is the coder's word alone."""
        return self.state == "own"


def items_of(scene: Scene) -> list[Item]:
    """Return all that can be decided on a post, in the order of the page."""
    found = [*_link(scene), *_page(scene), *sorted(_labels(scene), key=_place), *_turns(scene)]
    return found


def _place(item: Item) -> tuple[int, int, int]:
    return ASKED.index(item.layer), item.start or 0, item.end or 0


def _labels(scene: Scene) -> Iterator[Item]:
    seen = set()
    for row in scene.labels:
        seen.add(key_of(row))
        is_person = row["annotator"].startswith(HUMAN)
        state = scene.standing.state_of(row)
        yield _label(
            scene,
            row,
            state=state,
            maker=row["annotator"],
            score="" if is_person else f"{row['score']:.2f}",
            is_unsure=row["score"] < UNSURE_BELOW,
            why=shorten("; ".join(filter(None, (row["detail"], row["entry"]))), _WHY, placeholder=" …"),
        )
    for key in scene.standing.labels:
        if key not in seen and key[0] in ASKED:
            row = {**own_row(key, scene.coder), "quote": scene.post.text[key[3] : key[4]]}
            yield _label(scene, row, state="own", maker="")


def _label(scene: Scene, row: Row, *, state: str, maker: str, **more: object) -> Item:
    quote = row["quote"]
    is_all = len(quote) == len(scene.post.text)
    return Item(
        id=label_id(row),
        kind="label",
        layer=row["layer"],
        words=label_words(scene.task.desk, row),
        state=state,
        maker=maker,
        meaning=scene.task.codebook.meaning(row["layer"], row["label"]),
        quote="" if is_all else quote if len(quote) <= _SHOWN else quote[:_SHOWN] + " …",
        start=row["start"],
        end=row["end"],
        field=f"{row['layer']}/{row['label']}",
        **more,  # type: ignore[arg-type]
    )


def _link(scene: Scene) -> Iterator[Item]:
    if "link" not in scene.task.layers:
        return
    own, post = scene.standing.link, scene.post
    if scene.shows_link:
        answered = post.reply_to
        state = "undecided"
        if own is not None:
            state = "accepted" if scene.parent == answered else "changed"
        yield Item(
            id="link",
            kind="link",
            layer="link",
            words=_answers(answered),
            state=state,
            maker=EVIDENCE.get(post.evidence, post.evidence),
            score="" if post.reply_score is None or answered is None else f"{post.reply_score:.2f}",
            is_unsure=answered is not None and not post.is_stated,
            own_words=_answers(scene.parent) if state == "changed" else "",
            action=_action(own),
            field=str(answered or 0),
        )
    elif own is not None:
        yield _own("link", "link", _answers(scene.parent), own)


def _answers(number: int | None) -> str:
    return f"answers post {number}" if number else "answers nobody"


def _page(scene: Scene) -> Iterator[Item]:
    if "split" not in scene.task.layers:
        return
    if scene.standing.join is not None:
        yield _own("join", "split", "belongs to the post before", scene.standing.join)
    for at, own in sorted(scene.standing.splits.items()):
        author = own.decision.value.get("author")
        by = f", by {author}" if author else ""
        words = f"a second post begins at “{scene.post.text[at : at + 30].strip()} …”{by}"
        yield _own(f"split-{at}", "split", words, own)


def _turns(scene: Scene) -> Iterator[Item]:
    for dispute in scene.disputes:
        own = scene.standing.turns.get(dispute.loop_id)
        row = None if scene.is_hidden else dispute.turns.get(scene.post.number)
        if row is not None:
            yield _turn(scene, dispute, row, own)
        elif own is not None:
            words = f"{dispute.place}: {turn_words(own.decision.value)}"
            yield _own(f"turn-{dispute.place}", "turn", words, own)


def _turn(scene: Scene, dispute: Dispute, row: Row, own: Noted | None) -> Item:
    said = turn_words(row)
    mine = "" if own is None else turn_words(own.decision.value)
    state = "undecided" if own is None else "accepted" if mine == said else "changed"
    if own is not None and own.decision.value.get("side") is None:
        state = "rejected"
    return Item(
        id=f"turn-{dispute.place}",
        kind="turn",
        layer="turn",
        words=f"{dispute.place}: {said}",
        state=state,
        maker=dispute.annotator,
        meaning=dispute.question,
        own_words=mine if state == "changed" else "",
        start=row["start"],
        end=row["end"],
        quote=scene.post.text[row["start"] : row["end"]][:_SHOWN],
        action=_action(own),
        field=str(dispute.place),
    )


def _own(name: str, layer: str, words: str, own: Noted) -> Item:
    return Item(id=name, kind="page", layer=layer, words=words, state="own", maker="", action=own.action)


def _action(own: Noted | None) -> int | None:
    return None if own is None else own.action
