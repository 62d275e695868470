"""The lines of an .ann file: what is marked in the text, and the notes on it."""

import re

from msgspec import Struct, field

from discourse.errors import DiscourseError

_DATA = re.compile(r"(\S+) ([0-9]{1,12} [0-9]{1,12}(?:;[0-9]{1,12} [0-9]{1,12})*)")
_NOTE = re.compile(r"AnnotatorNotes (\S+)")
Place = tuple[int, int]


class TextBound(Struct, frozen=True):
    """A `T` line: stretches of the text under one type."""

    number: int  # of the line, from 1
    name: str  # T1
    kind: str
    fragments: tuple[Place, ...]  # in order of the line
    text: str  # as the line has it: the fragments with blanks between

    @property
    def data(self) -> str:
        """Type and places as the line writes them."""
        return data_of(self.kind, self.fragments)

    @property
    def hull(self) -> Place:
        """The stretch from the first fragment's start to the last one's end."""
        return min(start for start, _ in self.fragments), max(end for _, end in self.fragments)


class Annotations(Struct, frozen=True):
    """What an .ann file holds that is of use here; relations, events and attributes are not."""

    marks: list[TextBound] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)  # by the name of the line that they are on


def data_of(kind: str, fragments: tuple[Place, ...]) -> str:
    """Return type and places as a line writes them."""
    return f"{kind} {';'.join(f'{start} {end}' for start, end in fragments)}"


def fragments_of(text: str, start: int, end: int) -> tuple[Place, ...]:
    """Return a stretch of the text as brat wants it: without line feeds, in a fragment for each line."""
    found: list[Place] = []
    place = start
    for line in text[start:end].split("\n"):
        if line:
            found.append((place, place + len(line)))
        place += len(line) + 1
    return tuple(found) or ((start, start),)


def parse_lines(content: str, where: str) -> Annotations:
    """Read an .ann file.

    Raises
    ------
    DiscourseError
        Naming the line that is none of brat's.
    """
    found, names = Annotations(), set[str]()
    for number, line in enumerate(content.split("\n"), 1):
        name, _, rest = line.rstrip("\r").partition("\t")
        data, _, tail = rest.partition("\t")
        if name.startswith("T"):
            if name in names:
                raise _refused(f"{where}, line {number}", f"a second line is named {name[:20]}")
            names.add(name)
            found.marks.append(TextBound(number, name, *_places(data, f"{where}, line {number}"), tail))
        elif match := _NOTE.fullmatch(data) if name.startswith("#") else None:
            found.notes.setdefault(match[1], []).append(tail)
        elif line.strip() and not (rest and name[:1] in "AREMN*#"):
            raise _refused(f"{where}, line {number}", f"{line[:40]!r} is no line of brat's")
    return found


def _places(data: str, where: str) -> tuple[str, tuple[Place, ...]]:
    match = _DATA.fullmatch(data)
    pairs = [pair.split(" ") for pair in match[2].split(";")] if match else []
    fragments = tuple((int(start), int(end)) for start, end in pairs)
    if match is None or any(start > end for start, end in fragments):
        raise _refused(where, f"{data[:60]!r} is no type with its places")
    return match[1], fragments


def _refused(where: str, problem: str) -> DiscourseError:
    return DiscourseError(where=where, problem=problem, fix="Mend the line, or take it out")
