"""What people's decisions come to where several have spoken: the latest word stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from discourse.labels.decisions import Decision
from discourse.labels.journal import Noted
from discourse.labels.people import Key, key_of

# of these a post says one thing (on each target): a second word of people takes the place of another one
CHOICES = {"reply": False, "stance": True, "claim": True}
# why a decision has no place in an analysis
TEXT_CHANGED = "the text is another now"
POST_GONE = "the post is gone"
LOOP_GONE = "the dispute is not found any more"
CLAIM_GONE = "the claim is not found any more"
PARTED = "its words lie on both sides of a split"
CIRCLE = "the link would close a circle"
FIRST = "no post stands before it"
OTHER_THREAD = "the post before it is of another thread"
NOTHING_SPLIT = "no words stand on one of its sides"
PAIR_GONE = "the post does not answer that post any more"


class Word(Struct, frozen=True):
    """One person's decision."""

    annotator: str
    decision: Decision

    @property
    def value(self) -> Mapping[str, Any]:
        """What was decided; see `Decision`."""
        return self.decision.value


class LeftOut(Struct, frozen=True):
    """A decision that has no place in this analysis."""

    word: Word
    reason: str


class OnPost(Struct):
    """All that stands of what people decided on one post."""

    labels: dict[tuple[Key, str], Word] = field(default_factory=dict)  # by LABEL_KEY and person
    rejected: dict[Key, str] = field(default_factory=dict)  # and by whom
    # by whom, of a layer, and of one label or (None) of all of it
    read: dict[tuple[str, str | None], str] = field(default_factory=dict)
    # what was read of the answer to a post before people set the link: maybe of another pair of posts
    read_before_link: set[tuple[str, str | None]] = field(default_factory=set)
    link: Word | None = None
    join: Word | None = None
    splits: dict[int, Word] = field(default_factory=dict)  # by the offset at which a post begins
    turns: dict[str, Word] = field(default_factory=dict)  # by loop

    def take(self, word: Word) -> None:
        """Take one more decision, later than those before it."""
        getattr(self, f"_take_{word.decision.kind}")(word)

    def reader(self, layer: str, label: str) -> str | None:
        """Return who looked for a label here, so that none means none; None where nobody did.

        Claims are found anew in each analysis: nobody has looked for those that are found now.
        """
        if layer == "claim":
            return None
        return self.read.get((layer, label)) or self.read.get((layer, None))

    def _take_label(self, word: Word) -> None:
        key = key_of(word.value)
        self.labels = {old: it for old, it in self.labels.items() if not excludes(word.value, it.value)}
        self.labels[key, word.annotator] = word
        self.rejected.pop(key, None)
        if instead := word.value.get("instead"):
            self._reject(word, instead)

    def _take_reject(self, word: Word) -> None:
        self._reject(word, word.value)

    def _reject(self, word: Word, rejected: Mapping[str, Any]) -> None:
        key = key_of(rejected)
        gone = self.labels.pop((key, str(rejected.get("annotator"))), None)
        if gone is None:
            self.rejected[key] = word.annotator
        elif instead := gone.value.get("instead"):  # whoever takes a change back leaves what was changed
            self.rejected.pop(key_of(instead), None)

    def _take_read(self, word: Word) -> None:
        what = (word.value["layer"], word.value.get("label"))
        self.read.setdefault(what, word.annotator)
        self.read_before_link.discard(what)

    def _take_link(self, word: Word) -> None:
        self.link = word
        self.read_before_link = {what for what in self.read if what[0] == "reply"}

    def _take_join(self, word: Word) -> None:
        self.join = word

    def _take_split(self, word: Word) -> None:
        self.splits[word.value["at"]] = word

    def _take_turn(self, word: Word) -> None:
        self.turns[word.value["loop_id"]] = word


def choice_of(value: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return what a label is the one choice for: a layer, maybe with its target; None of other layers."""
    layer = str(value.get("layer"))
    if layer not in CHOICES:
        return None
    return layer, value.get("target") if CHOICES[layer] else None


def excludes(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether a post cannot bear both labels, as they are two answers to the same question.

    A stance or a claim may be shown by several passages; of answers to a post there is one.
    """
    place = choice_of(one)
    if place is None or place != choice_of(other):
        return False
    return place[0] == "reply" or one.get("label") != other.get("label")


def decided(noted: Iterable[Noted], digests: Mapping[str, str]) -> tuple[dict[str, OnPost], list[LeftOut]]:
    """Sort decisions by their posts, those of all people together.

    Parameters
    ----------
    noted
        In the order in which they were made.
    digests
        The `text_hash` of each post that there is.

    Returns
    -------
    tuple
        What stands on each post; and the decisions on posts that are gone or read otherwise now.
    """
    found: dict[str, OnPost] = {}
    left_out: list[LeftOut] = []
    for one in noted:
        word = Word(one.annotator, one.decision)
        digest = digests.get(one.decision.post_id)
        if digest == one.decision.text_hash:
            found.setdefault(one.decision.post_id, OnPost()).take(word)
        else:
            left_out.append(LeftOut(word, POST_GONE if digest is None else TEXT_CHANGED))
    return found, left_out
