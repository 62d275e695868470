"""One post as one coder may see it: nothing of the machine's where the coder is blind to it."""

import hashlib
import json

from msgspec import Struct

from discourse.labels.decisions import HUMAN, LABEL_KEY
from discourse.labels.journal import Journal
from discourse.labels.people import Key, key_of, rows_of_post
from discourse.review.codebook import Codebook
from discourse.review.desk import Desk, DeskPost
from discourse.review.disputes import Dispute
from discourse.review.standing import Standing
from discourse.stored.streaming import Row


class Task(Struct, frozen=True, kw_only=True):
    """What is reviewed, and how: the same for every coder of one review."""

    desk: Desk
    journal: Journal
    codebook: Codebook
    layers: tuple[str, ...]
    is_blind: bool = False
    sample: tuple[int, ...] | None = None  # numbers of the posts to review; None for all


class Scene(Struct, frozen=True, kw_only=True):
    """A post, what was said of it as far as the coder may see it, and what the coder decided."""

    task: Task
    coder: str  # human:NAME
    post: DeskPost
    standing: Standing
    is_hidden: bool  # others' labels are kept from the coder for now
    is_blind: bool  # the coder has never seen them: what is decided now is the coder's alone
    labels: tuple[Row, ...]  # the machine's, then other people's; none where hidden
    disputes: tuple[Dispute, ...]

    @property
    def is_done(self) -> bool:
        """Whether the coder has read the post for all that is asked."""
        return set(self.task.layers) <= self.standing.read

    @property
    def shows_link(self) -> bool:
        """Whether the coder may know whom the machine takes the post to answer."""
        guessed = "link" in self.task.layers and not self.post.is_stated
        return not (self.is_hidden and guessed)

    @property
    def parent(self) -> int | None:
        """The number of the post that is answered: the coder's word, else the machine's where it shows."""
        if self.standing.link is not None:
            return self.task.desk.numbers.get(self.standing.link.decision.value["reply_to"] or "")
        return self.post.reply_to if self.shows_link else None

    @property
    def parent_id(self) -> str | None:
        """The id of that post."""
        return None if self.parent is None else self.task.desk.post(self.parent).post_id

    def machines(self, layer: str | None = None) -> list[Row]:
        """Return the labels in sight that are the machine's, all or those of a layer."""
        rows = (row for row in self.labels if not row["annotator"].startswith(HUMAN))
        return [row for row in rows if layer in (None, row["layer"])]

    def undecided(self) -> list[Row]:
        """Return the machine's labels on which the coder has said nothing."""
        return [row for row in self.machines() if self.standing.state_of(row) == "undecided"]

    def undecided_turns(self) -> list[tuple[Dispute, Row]]:
        """Return the loops of which the machine takes the post for a turn, and the coder has said nothing."""
        if self.is_hidden or "turn" not in self.task.layers:
            return []
        turns = ((dispute, dispute.turns.get(self.post.number)) for dispute in self.disputes)
        return [(one, row) for one, row in turns if row and one.loop_id not in self.standing.turns]

    def label(self, name: str) -> Row | None:
        """Return the label of a name (see `label_id`) that the coder can see, own ones included."""
        own = [own_row(key, self.coder) for key in self.standing.labels]
        return next((row for row in (*self.labels, *own) if label_id(row) == name), None)


def scene_of(task: Task, coder: str, number: int) -> Scene:
    """Return a post as a coder may see it now.

    Raises
    ------
    KeyError
        Where there is no post of that number.
    """
    post = task.desk.post(number)
    noted = list(task.journal.noted(post_id=post.post_id))
    standing = Standing.of(coder, (one for one in noted if one.annotator == coder), post.digest)
    is_hidden = task.is_blind and not set(task.layers) <= standing.read
    labels: list[Row] = []
    if not is_hidden:
        people = rows_of_post((one for one in noted if one.annotator != coder), post.text, post.digest)
        labels = [
            row for row in (*task.desk.labels(number), *people.annotations) if row["layer"] in task.layers
        ]
    return Scene(
        task=task,
        coder=coder,
        post=post,
        standing=standing,
        is_hidden=is_hidden,
        is_blind=is_hidden and not task.journal.has_seen(coder, post.post_id),
        labels=tuple(labels),
        disputes=tuple(task.desk.near(post)) if "turn" in task.layers else (),
    )


def answered_by(task: Task, coder: str, post: DeskPost) -> int | None:
    """Return the number of the post that a post answers: the coder's word on it, else the machine's."""
    noted = task.journal.noted(post_id=post.post_id, annotator=coder)
    links = [one.decision for one in noted if one.decision.kind == "link"]
    if links:
        return task.desk.numbers.get(links[-1].value["reply_to"] or "")
    return post.reply_to


def label_id(row: Row) -> str:
    """Return a short name for a label, the same always: forms carry it instead of a label's parts."""
    parts = json.dumps([row[name] for name in (*LABEL_KEY, "annotator")])
    return "n" + hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def own_row(key: Key, coder: str) -> Row:
    """Return a coder's own label as a row like those of others."""
    return {**dict(zip(LABEL_KEY, key, strict=True)), "annotator": coder}


def row_key(row: Row) -> Row:
    """Return what names a label to the journal: its LABEL_KEY, and whose it is."""
    return own_row(key_of(row), row["annotator"])
