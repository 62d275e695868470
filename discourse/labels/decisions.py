"""What a person decides on a post, as it is written down: a decision is never changed, only undone."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from discourse.errors import DiscourseError

Kind = Literal["label", "reject", "read", "link", "join", "split", "turn"]
HUMAN = "human:"  # what the names of annotators who are people begin with

# the names of a label's own values: what makes it this label and no other
LABEL_KEY = ("layer", "label", "target", "start", "end")
_RESERVED = frozenset({"machine", "people"})  # as words of `--by`
_TEXT, _NUMBER, _FLAG, _MAYBE = (str,), (int,), (bool, type(None)), (str, type(None))
_LABEL: dict[str, tuple[type, ...]] = {
    "layer": _TEXT,
    "label": _TEXT,
    "target": _MAYBE,
    "start": _NUMBER,
    "end": _NUMBER,
}
# what must stand in the value of each kind, and what it may be
_SHAPES: dict[str, dict[str, tuple[type, ...]]] = {
    "label": _LABEL,
    "reject": _LABEL,
    "read": {"layer": _TEXT, "label": _MAYBE},
    "link": {"reply_to": _MAYBE},
    "join": {},
    "split": {"at": _NUMBER},
    "turn": {"loop_id": _TEXT, "side": _MAYBE, "role": _MAYBE, "is_empty": _FLAG, "has_evidence": _FLAG},
}


class Decision(Struct, frozen=True, kw_only=True):
    """One thing that a person decided.

    What stands in `value`, by kind (offsets: half-open code points of the post's text):

    ========  ==========================================================================================
    label     "this label stands here": layer, label, target (None where there is none), start, end,
              quote; also detail, and `accepts`, the maker whose label it confirms, or `instead`, a
              mapping with the LABEL_KEY and annotator of the machine's label that it changes
    reject    "no such label stands here": the LABEL_KEY, and annotator: whose label is rejected
              (one's own name takes back one's own label)
    read      "I looked for these": layer (of the contract's, or `link`, `split`, `turn`), and label where
              it was one label alone. No label of the person's in what was read means: none there
    link      "it answers this post": reply_to, None where it answers nobody
    join      "no post begins here": the post belongs to the one before it
    split     "another post begins here": at, an offset within the text; author, who wrote that post
    turn      "it is (not) a turn of this loop": loop_id, question, posts (the loop's posts as it was
              shown); side ("a" or "b", None where it is no turn), role, is_empty, has_evidence
    ========  ==========================================================================================
    """

    kind: Kind
    post_id: str
    text_hash: str  # see `text_hash`: of the text that the person saw
    value: Mapping[str, Any] = field(default_factory=dict)


def check_decision(decision: Decision) -> Decision:
    """Return a decision if it is one: of a known kind, with the values that this kind has.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    shape = _SHAPES.get(decision.kind)
    if shape is None:
        raise ValueError(f"there is no decision of the kind {decision.kind!r}")
    value: object = decision.value
    if not isinstance(value, Mapping):
        raise ValueError("its value is no mapping")
    for name, types in shape.items():
        found = value.get(name)
        if not isinstance(found, types) or (isinstance(found, bool) and bool not in types):
            raise ValueError(f"its {name} is {str(found)[:40]!r}")
    if decision.kind == "label" and not 0 <= decision.value["start"] <= decision.value["end"]:
        raise ValueError("its end lies before its start")
    if decision.kind == "turn" and decision.value["side"] not in ("a", "b", None):
        raise ValueError(f"its side is {decision.value['side'][:40]!r}")
    instead = decision.value.get("instead")
    if instead is not None and not (isinstance(instead, Mapping) and set(LABEL_KEY) <= set(instead)):
        raise ValueError("what it changes is no label")
    return decision


def text_hash(text: str) -> str:
    """Return what tells one text from another: the first 16 hex digits of its SHA-256 (UTF-8)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def human(name: str) -> str:
    """Return a person's name as an annotator: `human:ann`; one that is written so already stays.

    Blanks become `_`: where makers are listed, blanks stand between them.

    Raises
    ------
    DiscourseError
        Where the name is empty, longer than 60 characters, holds anything but letters, digits and `_.-`, or
        is one of the words that stand for all makers of a sort.
    """
    bare = unicodedata.normalize("NFC", name).removeprefix(HUMAN).strip()
    bare = re.sub(r"\s+", "_", bare)
    if not 1 <= len(bare) <= 60 or not all(char.isalnum() or char in "_.-" for char in bare):
        raise DiscourseError(
            where=f"the name {name[:60]!r}",
            problem="a coder's name holds 1 to 60 letters, digits, blanks and _ . - alone",
            fix="Give another name",
        )
    if bare.casefold() in _RESERVED:
        raise DiscourseError(
            where=f"the name {bare!r}",
            problem="as a coder's name it stands for all makers of a sort",
            fix="Give another name",
        )
    return HUMAN + bare
