"""The forms in which a page writes its headers, learned from some of them, as one regular expression."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.names import could_be_name
from discourse.ingest.times import Moment, find_times

_MOST_FORMS = 16  # forms that are kept
_RARE = 0.12  # share of headers below which words beside the names are taken for any words
_MANY = 20  # headers from which on a form must occur twice
_WIDEST = 200  # characters of a header's line
_LEAD = re.compile(r"[\s|│┃>»]*")
_RUN = re.compile(r"\d[\d.,]*|[^\W\d_][\w'’&-]*(?: [^\W\d_][\w'’&-]*)*|\s+|.", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*")
_DIGITS = re.compile(r"\d+")
_AUTHOR, _ADDRESSEE, _MOMENT, _TEXT, _WORDS, _LEADING = "author", "addressee", "time", "text", "words", "lead"
_SLOTS = (_AUTHOR, _ADDRESSEE, _MOMENT)

Part = tuple[str, str]  # its kind, and the text where that is fixed


class Form(Struct, frozen=True):
    """One way in which headers are written."""

    lines: tuple[tuple[Part, ...], ...]
    inline: bool  # the post's text follows on the last line

    @property
    def slots(self) -> list[tuple[str, int]]:
        """What the groups of the form's expression hold, and on which of its lines each stands."""
        return [(kind, at) for at, line in enumerate(self.lines) for kind, _ in line if kind in _SLOTS]

    @property
    def telling(self) -> bool:
        """Say whether more than a name and free words stand there, and what is free can be told apart."""
        fixed = any(
            kind == _MOMENT or (kind == _TEXT and text.strip()) for line in self.lines for kind, text in line
        )
        loose = any(_touching(line) for line in self.lines)
        return fixed and not loose and any(kind == _AUTHOR for kind, _ in self.slots)

    @property
    def marked(self) -> bool:
        """Say whether nothing but a mark such as a colon tells the name."""
        return not any(
            kind == _MOMENT or (kind == _TEXT and any(char.isalnum() for char in text))
            for line in self.lines
            for kind, text in line
        )

    @property
    def runs_on(self) -> bool:
        """Say whether nothing but a blank parts a name from a moment behind it."""
        return any(
            line[at][0] == _AUTHOR and line[at + 1][1].isspace() and line[at + 2][0] == _MOMENT
            for line in self.lines
            for at in range(len(line) - 2)
        )

    def pattern(self) -> str:
        """Return the form as an expression, from the beginning of a line on."""
        written = [_written(line, last=not self.inline) for line in self.lines]
        return r"\n".join(written) + ("" if self.inline else r"[ \t]*$")


def _touching(line: Sequence[Part]) -> bool:
    """Say whether free words stand beside a name with nothing but a blank between."""
    kinds = [kind for kind, text in line if kind != _TEXT or text.strip()]
    return any(
        {_WORDS} < {here, there} | {_WORDS}
        and _WORDS in (here, there)
        and {here, there} & {_AUTHOR, _ADDRESSEE}
        for here, there in pairwise(kinds)
    )


def _written(line: Sequence[Part], *, last: bool) -> str:
    parts = []
    for at, (kind, text) in enumerate(line):
        ends = last and at == len(line) - 1
        if kind == _LEADING:
            parts.append(r"[ \t|│┃>»]*+")
        elif kind in {_AUTHOR, _ADDRESSEE}:
            free = r"[^\n]{1,110}" if last else r"[^\s<>\[\]:|][^\n<>\[\]:|]{0,69}"
            parts.append(f"({free}{'+' if ends else '?'})")
        elif kind == _MOMENT:
            parts.append(r"([^\n]{1,60}+)" if ends else r"([^\n]{1,60}?)")
        elif kind == _WORDS:
            parts.append(r"[^\n]{1,80}+" if ends else r"[^\n]{1,40}?")
        elif text.isspace():
            parts.append(r"[ \t]{1,9}")
        else:
            parts.append(_DIGITS.sub(r"\\d+", re.escape(text)))
    return "".join(parts) or r"[ \t]*"


def learn_forms(lines: Sequence[str], headers: Sequence[Header]) -> list[Form]:
    """Return the forms of headers, the most exact ones first; a form that tells nothing is left out."""
    taken = [_parts(lines, header) for header in headers]
    often = Counter(
        _masked(text)
        for held in taken
        for line in held
        for kind, text in line
        if kind == _TEXT and text.strip()
    )
    leads = {text for held in taken for line in held for kind, text in line if kind == _LEADING}
    need = max(2.0, _RARE * len(headers))
    forms: Counter[Form] = Counter()
    for header, held in zip(headers, taken, strict=True):
        opened = tuple(_opened(line, often, need, led=len(leads) > 1) for line in held)
        forms[Form(opened, header.rest is not None)] += 1
    least = 2 if len(headers) >= _MANY else 1
    kept = [form for form, times in forms.most_common() if times >= least and form.telling][:_MOST_FORMS]
    return sorted(kept, key=_exactness)


def _exactness(form: Form) -> tuple[int, int, str]:
    fixed = sum(len(text.strip()) for line in form.lines for kind, text in line if kind == _TEXT)
    return -len(form.lines), -fixed, form.pattern()


def _masked(text: str) -> str:
    return _DIGITS.sub("0", text)


def _opened(line: Sequence[Part], often: Counter[str], need: float, *, led: bool) -> tuple[Part, ...]:
    """Return a line's parts with rare words open, digits masked, and leads open where they differ."""
    found: list[Part] = []
    for kind, text in line:
        if kind == _LEADING:
            found += [(_LEADING, "")] if led else [(_TEXT, text)] if text else []
        elif kind == _TEXT and text.strip() and any(map(str.isalpha, text)) and often[_masked(text)] < need:
            found.append((_WORDS, ""))
        else:
            found.append((kind, _masked(text) if kind == _TEXT else ""))
    if not any(kind in _SLOTS for kind, _ in found) and any(kind == _WORDS for kind, _ in found):
        return ((_WORDS, ""),)
    return tuple(found)


def _parts(lines: Sequence[str], header: Header) -> list[list[Part]]:
    """Return the parts of a header's lines."""
    places = range(header.first, header.last + 1)
    held = [
        lines[at] if header.rest is None or at < header.last else lines[at][: header.rest] for at in places
    ]
    named = [at for at, line in enumerate(held) if header.author in line]
    exact = [at for at in named if held[at].strip() == header.author]
    author = next(iter([*exact, *named]), None)
    answered = [at for at, line in enumerate(held) if header.addressee and header.addressee in line]
    addressee = next(
        iter([at for at in answered if at != author] if not exact or len(answered) > 1 else answered), None
    )
    if addressee is None:
        addressee = next(iter(answered), None)
    return [
        _line_parts(
            line[:_WIDEST],
            header.author if at == author else "",
            (header.addressee or "") if at == addressee else "",
        )
        for at, line in enumerate(held)
    ]


def _line_parts(line: str, author: str, addressee: str) -> list[Part]:
    spans: list[tuple[int, int, str]] = []
    start = _place(line, author) if author else -1
    if start >= 0:
        spans.append((start, start + len(author), _AUTHOR))
    behind = (line.rfind(addressee) if start >= 0 else line.find(addressee)) if addressee else -1
    if behind >= 0 and (start < 0 or behind >= start + len(author)):
        spans.append((behind, behind + len(addressee), _ADDRESSEE))
    for moment in find_times(line):
        if all(moment.end <= here or moment.start >= there for here, there, _ in spans):
            spans.append((moment.start, moment.end, _MOMENT))
    match = _LEAD.match(line)
    place = min(match.end() if match is not None else 0, *(here for here, _, _ in spans), len(line))
    parts: list[Part] = [(_LEADING, line[:place])]
    for here, there, kind in sorted(spans):
        parts += _runs(line[place:here])
        parts.append((kind, ""))
        place = there
    parts += _runs(line[place:].rstrip() if line[place:].strip() else "")
    return parts


def _place(line: str, name: str) -> int:
    """Return where a name stands, as a word by itself if it does anywhere."""
    whole = re.search(rf"(?<!\w)(?<!\d[:.]){re.escape(name)}(?!\w)", line)
    return line.find(name) if whole is None else whole.start()


def _runs(text: str) -> Iterator[Part]:
    for match in _RUN.finditer(text):
        yield _TEXT, match.group()


class Finder:
    """Finds headers of given forms in a text."""

    def __init__(self, forms: Sequence[Form], reason: str, *, below: bool) -> None:
        self.forms, self.reason, self.below = forms, reason, below
        joined = "|".join(f"(?P<f{place}>{form.pattern()})" for place, form in enumerate(forms))
        self.pattern = re.compile(f"^(?={joined})", re.MULTILINE)
        self.slots = [form.slots for form in forms]
        self.base = [self.pattern.groupindex[f"f{place}"] + 1 for place in range(len(forms))]

    def find(self, text: str) -> Iterator[Header]:
        """Yield the headers in the order of the text's lines."""
        line, place, last = 0, 0, -1
        for match in self.pattern.finditer(text):
            line += text.count("\n", place, match.start())
            place = match.start()
            if line > last and (header := self._header(match, line)) is not None:
                last = header.last
                yield header

    def _header(self, match: re.Match[str], line: int) -> Header | None:
        form = next(at for at, base in enumerate(self.base) if match[base - 1] is not None)
        said: dict[str, str] = {}
        kinds: dict[int, str] = {}
        moment, named = None, -1
        held = self.forms[form]
        for group, (kind, at) in enumerate(self.slots[form], start=self.base[form]):
            found = match[group].strip()
            if kind == _MOMENT:
                spoken = _moment(found)
                if spoken is None:
                    return None
                before, own = spoken
                if before and (at != named or not held.runs_on):
                    return None
                if before:  # the name ends where the moment begins
                    said[_AUTHOR] = f"{said[_AUTHOR]} {before}"
                moment = moment or own
            else:
                said[kind] = found
                named = at if kind == _AUTHOR else named
            if kinds.get(at) != _AUTHOR:
                kinds[at] = kind
        author = said[_AUTHOR]
        if not _nameable(author):
            return None
        height = len(held.lines) - 1
        rest = _text_begins(match.string, match.end(self.base[form] - 1)) if held.inline else None
        if held.inline and rest is None:
            return None
        return Header(
            first=line,
            last=line + height,
            author=author,
            addressee=said.get(_ADDRESSEE),
            moment=moment,
            rest=rest,
            kinds={
                line + at: kinds.get(at, "furniture") for at in range(height + 1) if kinds.get(at) != _AUTHOR
            },
            reason=self.reason,
            below=self.below,
        )


def _text_begins(text: str, place: int) -> int | None:
    """Return where on its line the text behind a place begins; None where nothing follows there."""
    match = _BLANKS.match(text, place)
    end = place if match is None else match.end()
    return None if end >= len(text) or text[end] == "\n" else end - text.rfind("\n", 0, place) - 1


@lru_cache(maxsize=8192)
def _moment(text: str) -> tuple[str, Moment] | None:
    """Return a moment that a text ends with, and what stands before it; None where it is none."""
    found = find_times(text)
    if not found or found[-1].end < len(text.rstrip(" .")):
        return None
    before = text[: found[0].start]
    if before and not before.endswith(" "):
        return None
    return before.strip(), found[0]


@lru_cache(maxsize=8192)
def _nameable(name: str) -> bool:
    return (
        bool(name)
        and not is_button(name)
        and (could_be_name(name) or len(name.split()) > 1)
        and any(char.isalnum() or char == "_" or ord(char) > 0x2000 for char in name)
    )
