"""Labels as brat's types, which hold letters, digits, - and _ alone: `rhetoric_hedge`."""

import re

POST = "post"  # the type of the header lines
_OTHERS = re.compile("[^A-Za-z0-9_]")
_CODED = re.compile("-([0-9a-f]{1,6})-")


def type_name(layer: str, label: str) -> str:
    """Return the type of a label; other characters stand in it as `-2d-`, by their code points."""
    return f"{_kept(layer).replace('_', '-5f-')}_{_kept(label)}"


def parse_type_name(name: str) -> tuple[str, str]:
    """Return layer and label of what `type_name` wrote.

    Raises
    ------
    ValueError
        Where it is none of ours.
    """
    layer, mark, label = name.partition("_")
    if not (layer and mark and label):
        raise ValueError(f"the type {name[:60]!r} is not of the form layer_label")
    return _read(layer), _read(label)


def _kept(part: str) -> str:
    return _OTHERS.sub(lambda found: f"-{ord(found[0]):x}-", part)


def _read(part: str) -> str:
    return _CODED.sub(lambda found: chr(int(found[1], 16)), part)
