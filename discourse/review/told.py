"""Decisions in words: what a coder is told was saved, or undone."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from discourse.labels.decisions import Decision
from discourse.review.desk import Desk


def told(desk: Desk, decisions: Sequence[Decision]) -> str:
    """Return what an action did, in a few words, with the post that it is about."""
    if not decisions:
        return "nothing"
    number = desk.numbers.get(decisions[0].post_id)
    return f"{_what(desk, decisions)} (post {number if number is not None else 'of another run'})"


def _what(desk: Desk, decisions: Sequence[Decision]) -> str:
    if any(decision.kind == "read" for decision in decisions):
        rest = [decision for decision in decisions if decision.kind in ("label", "reject", "turn")]
        accepted = sum(decision.kind != "reject" for decision in rest)
        words = [f"{accepted} confirmed"] * bool(accepted)
        words += [f"{len(rest) - accepted} rejected"] * (len(rest) > accepted)
        return ", ".join(["done", *words])
    # what is taken back for another label to stand need not be said
    main = [one for one in decisions if one.kind != "reject"] or decisions
    return "; ".join(_one(desk, decision) for decision in main)


def _one(desk: Desk, decision: Decision) -> str:
    value = decision.value
    match decision.kind:
        case "label" | "reject":
            return f"{label_words(desk, value)} {_done_to(decision)}"
        case "link":
            number = desk.numbers.get(value["reply_to"] or "")
            return f"answers {number}" if number else "answers nobody"
        case "join":
            return "joined with the post before"
        case "split":
            return "split in two" + (f", the second by {value['author']}" if value.get("author") else "")
        case "turn":
            return f"{turn_words(value)} of “{shorten(value['question'], 60, placeholder=' …')}”"
    return decision.kind


def _done_to(decision: Decision) -> str:
    value = decision.value
    if decision.kind == "reject":
        return "taken back" if str(value.get("annotator")).startswith("human:") else "rejected"
    if value.get("accepts"):
        return "confirmed"
    return "changed" if value.get("instead") else "added"


def label_words(desk: Desk, value: Mapping[str, Any]) -> str:
    """Return a label as people say it: `hedge`, `disagree with 3`, `against Harbour plan`."""
    label, target = str(value.get("label")).replace("_", " "), value.get("target")
    if target is None:
        return label
    return f"{label} {target_words(desk, str(value.get('layer')), str(target))}"


def target_words(desk: Desk, layer: str, target: str) -> str:
    """Return what a label is about as people say it."""
    if layer in ("reply", "quote"):
        known = desk.numbers.get(target)
        unknown = "elsewhere" if target == "external" else "a post that is not here"
        at = f"post {known}" if known else unknown
        return f"{'with' if layer == 'reply' else 'from'} {at}"
    if layer == "claim":
        return f"“{shorten(desk.disputes.words.get(target, target), 80, placeholder=' …')}”"
    return target


def turn_words(value: Mapping[str, Any]) -> str:
    """Return what a turn is: `side A, says it again: empty`."""
    if value.get("side") is None:
        return "no turn"
    again = value.get("role") == "restatement"
    what = "says it again" if again else "says it first"
    if value.get("has_evidence"):
        return f"side {str(value['side']).upper()}, {what}, with evidence"
    more = ", and nothing new" if value.get("is_empty") else ", with a new reason" if again else ""
    return f"side {str(value['side']).upper()}, {what}{more}"
