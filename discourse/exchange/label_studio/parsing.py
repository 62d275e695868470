"""Values of a Label Studio file, each of the kind that it must be, or named as what is wrong with it."""

from typing import Any, NoReturn

from discourse.errors import DiscourseError
from discourse.exchange.label_studio.controls import OURS, REPLY_SPAN
from discourse.exchange.names import parse_label_name
from discourse.tables.contract import LAYERS


def refuse(where: str, problem: str) -> NoReturn:
    """Say what is wrong with one task."""
    raise DiscourseError(where=where, problem=problem, fix="Export it again, or mend it there")


def list_of(value: Any, where: str, name: str) -> list[dict[str, Any]]:
    """Return a list of objects; an empty one where there is none."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        refuse(where, f"{name!r} is no list of objects")
    return value


def dict_of(value: Any) -> dict[str, Any]:
    """Return an object; an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str | None:
    """Return a text; None where something else stands."""
    return value if isinstance(value, str) else None


def texts_of(value: Any) -> list[str]:
    """Return the texts of a list, or one that stands alone."""
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, str)]


def number_of(value: Any, where: str, name: str) -> int:
    """Return an offset or index; Label Studio writes some of them as texts."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 18:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(where, f"{name!r} of a region is no whole number")
    return value


def named(name: str, control: str, where: str) -> tuple[str, str, str | None]:
    """Return layer, label and target of a label's name; a name without a layer is of its control's.

    Raises
    ------
    DiscourseError
        Where the name is none of ours.
    """
    layer = "reply" if control == REPLY_SPAN else control
    if layer in LAYERS and name and "/" not in name:
        name = f"{layer}/{name}"
    try:
        found = parse_label_name(name)
    except ValueError as error:
        refuse(where, str(error))
    if found[0] not in LAYERS:
        refuse(where, f"{name[:80]!r} is of no layer: there are {', '.join(LAYERS)}")
    return found


def is_ours(result: dict[str, Any]) -> bool:
    """Say whether a result is of one of our controls; those that a user added are not read."""
    name = result.get("from_name")
    return isinstance(name, str) and name in OURS
