"""What a person says in a file, written down in the journal: once, and nothing of others touched."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from discourse.exchange.importing.posts import KnownPost
from discourse.labels.decisions import LABEL_KEY, Decision
from discourse.labels.journal import Journal, Noted
from discourse.labels.people import Key, key_of

Read = tuple[str, str | None]  # a layer, and a label or None for all of it
_IMPORT = "import:"


class Said(Struct):
    """What one person says in a file of the posts of one run."""

    labels: list[Decision] = field(default_factory=list)
    read: dict[tuple[str, Read], KnownPost] = field(default_factory=dict)  # by post and what was looked for
    posts: dict[str, KnownPost] = field(default_factory=dict)  # that have a label or were looked at
    refused: set[tuple[str, str, str]] = field(default_factory=set)  # post, layer, label of rows left out

    def has_read(self, post_id: str, layer: str, label: str) -> bool:
        """Say whether the file tells that the person looked for a label in a post."""
        return (post_id, (layer, None)) in self.read or (post_id, (layer, label)) in self.read


class Appended(Struct, frozen=True):
    """What became of it."""

    labels: int = 0
    withdrawn: int = 0  # labels of an earlier import that the file has no longer
    besides: int = 0  # labels given in review that the file does not have, and that stand
    is_known: bool = False  # the very same was imported before, and nothing was written


def append(journal: Journal, person: str, said: Said, fmt: str, *, replace: bool) -> Appended:
    """Write down what a person says.

    What the journal has of the person, and the file has not, is withdrawn where the file says that the person
    looked for it: what was imported, and with `replace` what was given in review too.
    """
    read = [_reading(post, *what) for (_, what), post in said.read.items()]
    origin = f"{_IMPORT}{fmt}#{_digest([*read, *said.labels])}"
    noted = list(journal.noted(annotator=person))
    if any(one.origin == origin for one in noted):
        return Appended(is_known=True)
    gone, besides = _gone(noted, said, person, replace=replace)
    journal.append(person, [*gone, *read, *said.labels], origin=origin)
    return Appended(len(said.labels), len(gone), besides)


def _gone(noted: Iterable[Noted], said: Said, person: str, *, replace: bool) -> tuple[list[Decision], int]:
    now = {(decision.post_id, key_of(decision.value)) for decision in said.labels}
    missing = [
        (decision, origin)
        for decision, origin in _standing(noted)
        if decision.post_id in said.posts
        and (decision.post_id, key_of(decision.value)) not in now
        and said.has_read(decision.post_id, decision.value["layer"], decision.value["label"])
        and (decision.post_id, decision.value["layer"], decision.value["label"]) not in said.refused
    ]
    gone = [one for one, origin in missing if replace or origin.startswith(_IMPORT)]
    return [_withdrawal(one, person) for one in gone], len(missing) - len(gone)


def _standing(noted: Iterable[Noted]) -> Iterator[tuple[Decision, str]]:
    found: dict[tuple[str, Key], tuple[Decision, str]] = {}
    for one in noted:
        decision, origin = one.decision, one.origin
        if decision.kind in ("label", "reject"):
            found.pop((decision.post_id, key_of(decision.value)), None)
        if decision.kind == "label":
            found[decision.post_id, key_of(decision.value)] = decision, origin
    yield from found.values()


def _withdrawal(decision: Decision, person: str) -> Decision:
    value = {name: decision.value.get(name) for name in LABEL_KEY} | {"annotator": person}
    return Decision(kind="reject", post_id=decision.post_id, text_hash=decision.text_hash, value=value)


def _reading(post: KnownPost, layer: str, label: str | None) -> Decision:
    value = {"layer": layer, "label": label}
    return Decision(kind="read", post_id=post.post_id, text_hash=post.digest, value=value)


def _digest(decisions: Iterable[Decision]) -> str:
    said = [[one.kind, one.post_id, one.text_hash, dict(one.value)] for one in decisions]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
