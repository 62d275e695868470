"""Labels as one word or line, for programs whose labels are a name alone: `rhetoric/hedge`.

`layer/label`, and where there is a target `layer/label → target`: written for people, and read back exactly.
"""

_ARROW = " → "


def label_name(layer: str, label: str, target: str | None = None) -> str:
    """Return a label's name: `rhetoric/hedge`, `stance/favor → Harbour plan`.

    Slashes, arrows and percent signs within a part are written as in addresses (`%2F`), so that no
    two labels share a name.
    """
    name = f"{_kept(layer)}/{_kept(label)}"
    return name if target is None else f"{name}{_ARROW}{_kept(target)}"


def parse_label_name(name: str) -> tuple[str, str, str | None]:
    """Return layer, label and target of what `label_name` wrote.

    Raises
    ------
    ValueError
        Where the name is none of ours.
    """
    head, arrow, target = name.partition(_ARROW)
    layer, slash, label = head.partition("/")
    if not (layer and slash and label) or "/" in label:
        raise ValueError(f"{name[:80]!r} is no label of the form layer/label")
    return _read(layer), _read(label), _read(target) if arrow else None


def _kept(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F").replace("→", "%E2%86%92")


def _read(part: str) -> str:
    return part.replace("%E2%86%92", "→").replace("%2F", "/").replace("%25", "%")
