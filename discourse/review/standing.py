"""What one coder has decided on one post, as it stands now."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from discourse.labels.decisions import Decision
from discourse.labels.journal import Noted
from discourse.labels.people import Key, key_of

State = Literal["undecided", "accepted", "changed", "rejected"]


class Standing(Struct):
    """A coder's last word on everything about one post."""

    coder: str  # human:NAME
    labels: dict[Key, Noted] = field(default_factory=dict)  # own labels, by LABEL_KEY
    rejected: set[Key] = field(default_factory=set)
    link: Noted | None = None
    join: Noted | None = None
    splits: dict[int, Noted] = field(default_factory=dict)  # by offset
    turns: dict[str, Noted] = field(default_factory=dict)  # by loop_id
    read: set[str] = field(default_factory=set)  # layers

    @staticmethod
    def of(coder: str, noted: Iterable[Noted], digest: str) -> "Standing":
        """Return what stands of a coder's decisions on a post, given in their order.

        Parameters
        ----------
        digest
            Of the post's text: a decision on another text counts no more.
        """
        standing = Standing(coder)
        for one in noted:
            if one.decision.text_hash == digest:
                standing._take(one)
        return standing

    def _take(self, one: Noted) -> None:
        value = one.decision.value
        match one.decision.kind:
            case "label":
                self.labels[key_of(value)] = one
                self.rejected.discard(key_of(value))
            case "reject":
                self.labels.pop(key_of(value), None)
                # to take back an own label is not to say that the machine's is wrong
                change = set.discard if value.get("annotator") == self.coder else set.add
                change(self.rejected, key_of(value))
            case "link":
                self.link = one
            case "join":
                self.join = one
            case "split":
                self.splits[value["at"]] = one
            case "turn":
                self.turns[value["loop_id"]] = one
            case "read":
                self.read.add(value["layer"])

    def state_of(self, row: Mapping[str, Any]) -> State:
        """Return what the coder made of somebody else's label."""
        key = key_of(row)
        if key in self.labels:
            return "accepted"
        if key in self.rejected:
            return "rejected"
        return "changed" if any(replaces(own.decision, row) for own in self.labels.values()) else "undecided"

    def own_replies(self) -> list[Decision]:
        """Return the coder's labels of agreement with the post answered; one, unless some were imported."""
        return [own.decision for own in self.labels.values() if own.decision.value["layer"] == "reply"]


def replaces(own: Decision, row: Mapping[str, Any]) -> bool:
    """Say whether a coder's label stands in the place of somebody else's."""
    instead = own.value.get("instead")
    if not isinstance(instead, Mapping):
        return False
    return key_of(instead) == key_of(row) and instead.get("annotator") == row["annotator"]
