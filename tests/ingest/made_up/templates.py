"""Lines with slots, as layouts write them (see page.Layout)."""

import re

SHOWN = "\x00"  # stands where a condition holds; goes from the finished line
SLOT = re.compile(r"\{(@?\w+)\}")
GROUP = re.compile(r"\[\[(.*?)\]\]")
PLURAL = {
    "1 points": "1 point",
    "1 replies": "1 reply",
    "1 réponses": "1 réponse",
    "1 respuestas": "1 respuesta",
    "1 Antworten": "1 Antwort",
    "1 Punkte": "1 Punkt",
}
ONE = re.compile(rf"(?<!\S)(?:{'|'.join(PLURAL)})\b")


def fill(template: str, values: dict[str, str], table: dict[str, str]) -> str | None:
    """The line that a template gives; None where a slot outside [[…]] is empty."""
    while "{@" in template:
        template = SLOT.sub(lambda m: table[m[1][1:]] if m[1][0] == "@" else m[0], template)

    def put(part: str) -> str | None:
        if any(not values.get(name) for name in SLOT.findall(part)):
            return None
        return SLOT.sub(lambda m: values[m[1]], part)

    line = put(GROUP.sub(lambda m: put(m[1]) or "", template))
    return None if line is None else ONE.sub(lambda m: PLURAL[m[0]], line.replace(SHOWN, ""))


def shown(template: str, values: dict[str, str], table: dict[str, str]) -> list[str]:
    """The slots that a template shows, without conditions and without the post's own text."""
    while "{@" in template:
        template = SLOT.sub(lambda m: table[m[1][1:]] if m[1][0] == "@" else m[0], template)

    def keep(part: str) -> str:
        return part if all(values.get(name) for name in SLOT.findall(part)) else ""

    names = SLOT.findall(GROUP.sub(lambda m: keep(m[1]), template))
    return [name for name in dict.fromkeys(names) if name != "text" and values.get(name) != SHOWN]
