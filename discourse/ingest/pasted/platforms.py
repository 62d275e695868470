"""Profiles of platforms, read from `profiles/platforms/*.toml`: how each one's pages copy as text."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import ProfileError
from discourse.ingest.pasted.platform_templates import (
    NAME_KINDS,
    SLOTS,
    Template,
    TemplateError,
    compile_lines,
    compile_template,
)

_WIDEST = 120  # characters of a line of furniture
_FURNITURE = ("above", "between", "deleted", "foot")
FOLDER = Path(__file__).parents[1] / "profiles" / "platforms"
_LISTS = ("above", "between", "deleted", "foot", "signature", "counts", "quotes")
_FLAGS = ("panel", "texts", "open_ends")
_TOP = {"name", "signs", "names", "words", "header", "closing", "variant", *_FLAGS, *_LISTS}
_VARIANT = _TOP - {"name", "words", "variant"} | {"id"}
_PART = {"header": {"lines", "after"}, "closing": {"lines", "anchor"}}
_FREE = re.compile(r"\{(?:any|author|addressee|quoted)\}|\{\?|\?\}")
_BARE = re.compile(rf"\{{(?:{'|'.join(sorted(SLOTS))})\}}|\{{\?|\?\}}")


class HeaderForm(Struct, frozen=True):
    """One way in which a header looks."""

    lines: tuple[Template, ...]
    after: bool  # stands only behind furniture, or where the page begins

    @property
    def bare(self) -> bool:
        """Say whether it holds no moment."""
        return not any(line.slots & {"time", "ago", "age", "month"} for line in self.lines)

    @property
    def replies(self) -> bool:
        """Say whether a line of it is nothing but the name of the person answered."""
        return any(line.text == "{addressee}" for line in self.lines)


class Closing(Struct, frozen=True):
    """Lines that stand below every post."""

    before: tuple[Template, ...]  # each at most once between the text and the anchor
    anchor: re.Pattern[str]  # the line that shows that the text has ended


class Platform(Struct, frozen=True):
    """One layout of a platform, compiled."""

    name: str  # "Disqus", or "WordPress (name, date)" where it has several
    signs: tuple[str, ...]  # one of them stands on every page of the platform
    headers: tuple[HeaderForm, ...]
    closings: tuple[Closing, ...]
    above: re.Pattern[str] | None  # lines before the first post
    between: re.Pattern[str] | None  # lines that stand below or between posts
    deleted: re.Pattern[str] | None  # lines that say that a post is gone
    foot: re.Pattern[str] | None  # lines that begin the page's foot
    signature: re.Pattern[str] | None  # lines below which a signature stands
    quotes: tuple[Template, ...]  # lines over quotations
    counts: tuple[re.Pattern[str], ...]
    panel: bool  # a member box with the author's name stands below the text
    texts: bool  # every post has text
    open_ends: bool  # nothing need close a post

    furniture: re.Pattern[str] | None  # all lines that belong to no post
    anchors: re.Pattern[str] | None  # all lines that show that a post has ended
    beside: re.Pattern[str] | None  # all lines that may stand next to such a line

    def is_furniture(self, line: str) -> bool:
        """Say whether a line belongs to no post."""
        return _fits(self.furniture, line)

    def is_anchor(self, line: str) -> bool:
        """Say whether a line shows that a post has ended."""
        return _fits(self.anchors, line)

    def is_beside(self, line: str) -> bool:
        """Say whether a line is one of those that stand next to a post's end."""
        return _fits(self.beside, line)


def _fits(pattern: re.Pattern[str] | None, line: str) -> bool:
    return pattern is not None and len(line) <= _WIDEST and pattern.fullmatch(line) is not None


@lru_cache(maxsize=8)
def load_platforms(folder: Path = FOLDER) -> tuple[Platform, ...]:
    """Return the profiles of a folder in the order of their file names.

    Raises
    ------
    ProfileError
        At the first profile that is no good: which file, what is wrong, what to do.
    """
    return tuple(platform for path, _ in _signed(folder) for platform in _platforms_in(path))


def platforms_for(text: str, folder: Path = FOLDER) -> list[Platform]:
    """Return those platforms of which a sign stands in a text; of the others nothing is compiled."""
    near = (path for path, signs in _signed(folder) if any(sign in text for sign in signs))
    found = (platform for path in near for platform in _platforms_in(path))
    return [platform for platform in found if any(sign in text for sign in platform.signs)]


@lru_cache(maxsize=8)
def _signed(folder: Path) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """Return the profiles of a folder, each with the signs of all its variants."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        raw = _load(path)
        layers = [raw, *raw.get("variant", ())]
        # what is no list is told where the profile is read; until then any text may bear its sign
        lists = [layer["signs"] if _is_list(layer["signs"]) else [""] for layer in layers if "signs" in layer]
        found.append((path, tuple(sign for signs in lists for sign in signs)))
    return tuple(found)


@lru_cache(maxsize=64)
def _platforms_in(path: Path) -> tuple[Platform, ...]:
    return tuple(read_profile(path.name, _load(path)))


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(
            where=f"profile {path.name}", problem=f"it is no TOML ({error})", fix="Mend that line"
        ) from error


def read_profile(file: str, raw: Mapping[str, Any]) -> list[Platform]:
    """Check what a profile says and compile it: one platform, or one for each of its variants."""
    for problem, fix in _faults(raw):
        raise ProfileError(where=f"profile {file}", problem=problem, fix=fix)
    variants = raw.get("variant") or [{}]
    shared = {key: value for key, value in raw.items() if key != "variant"}
    found = []
    for variant in variants:
        name = f"{raw['name']} ({variant['id']})" if "id" in variant else raw["name"]
        try:
            found.append(_compile({**shared, **variant, "name": name}))
        except TemplateError as error:
            raise ProfileError(
                where=f"profile {file}", problem=str(error), fix="Mend that line template"
            ) from error
    return found


def _faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _unknown(raw, _TOP, "at its top")
    for key in ("name", "signs"):
        if not raw.get(key):
            yield f"it has no {key}", f"Add {key} at its top"
    if raw.get("names", "any") not in NAME_KINDS:
        yield f"names is {raw['names']!r}", f"Write one of {', '.join(NAME_KINDS)}"
    for slot, held in raw.get("words", {}).items():
        if slot in SLOTS:
            yield f"words.{slot} has the name of a slot that all profiles have", "Choose another name"
        if not _is_list(held):
            yield f"words.{slot} holds something else than texts", "Write a list of texts"
    for variant in raw.get("variant", ()):
        yield from _unknown(variant, _VARIANT, "in a variant")
        if "id" not in variant:
            yield "a variant has no id", "Add one: two or three words that tell it from the others"
    for layer in raw.get("variant") or [{}]:
        yield from _layout_faults({**raw, **layer})


def _layout_faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("signs", *_LISTS):
        if not _is_list(raw.get(key, ["-"])) and raw.get(key) != []:
            yield f"{key} holds something else than texts", "Write a list of texts, none of them empty"
    if not raw.get("header"):
        yield "it has no header", "Add [[header]] with the lines that open a post"
    for part in ("header", "closing"):
        for entry in raw.get(part, ()):
            yield from _unknown(entry, _PART[part], f"in a {part}")
            if not _is_list(entry.get("lines")):
                yield f"a {part} has no lines", "Add lines, a list of line templates"
                return
    for header in raw.get("header", ()):
        yield from _header_faults(header)
    for closing in raw.get("closing", ()):
        if closing.get("anchor") is None and not any(_bears_words(line) for line in closing["lines"]):
            yield "a closing has no line with words of its own", "Add the button that stands below every post"
    for key in _FURNITURE:
        for line in raw.get(key, ()):
            if not _FREE.sub("", line).strip():
                yield f"{line!r} in {key} would fit any line", "Write the words that the page shows there"


def _header_faults(header: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    lines = header["lines"]
    sure = [line for line in lines if not line.startswith(("? ", "* "))]
    if not any("{author}" in line for line in sure):
        yield f"a header ({lines[0]!r}) never names the author", "Write {author} in a line that must be there"
    if not header.get("after") and not any(
        "{time}" in line or "{ago}" in line or _bears_words(line) for line in sure
    ):
        yield (
            f"nothing tells a header ({lines[0]!r}) from text",
            "Add {time} or words, or `after = true` if it stands only behind furniture",
        )


def _bears_words(line: str) -> bool:
    """Say whether a line has to be there and holds more than slots that anything fits."""
    return not line.startswith(("? ", "* ")) and _BARE.sub("", line).strip() != ""


def _unknown(raw: Mapping[str, Any], known: set[str], where: str) -> Iterator[tuple[str, str]]:
    for key in raw:
        if key not in known:
            yield f"{key!r} {where} is unknown", f"Use one of {', '.join(sorted(known))}"


def _is_list(held: Any) -> bool:
    return isinstance(held, list) and bool(held) and all(isinstance(text, str) and text for text in held)


def _compile(raw: Mapping[str, Any]) -> Platform:
    words: Mapping[str, Sequence[str]] = raw.get("words", {})
    names = raw.get("names", "any")
    lines = {key: raw.get(key, []) for key in _LISTS}
    closings = tuple(_closing(closing, words, names) for closing in raw.get("closing", ()))
    return Platform(
        name=raw["name"],
        signs=tuple(raw["signs"]),
        headers=tuple(
            HeaderForm(
                tuple(compile_template(line, words, names) for line in header["lines"]),
                bool(header.get("after")),
            )
            for header in raw["header"]
        ),
        closings=closings,
        furniture=compile_lines([line for key in _FURNITURE for line in lines[key]], words),
        anchors=_any([closing.anchor for closing in closings]),
        beside=compile_lines(
            [_bare(line) for closing in raw.get("closing", ()) for line in closing["lines"]], words
        ),
        above=compile_lines(lines["above"], words),
        between=compile_lines(lines["between"], words),
        deleted=compile_lines(lines["deleted"], words),
        foot=compile_lines(lines["foot"], words),
        signature=compile_lines(lines["signature"], words),
        quotes=tuple(compile_template(line, words, names) for line in lines["quotes"]),
        counts=tuple(_count(line, words) for line in lines["counts"]),
        panel=bool(raw.get("panel")),
        open_ends=bool(raw.get("open_ends")),
        texts=bool(raw.get("texts", True)),
    )


def _closing(raw: Mapping[str, Any], words: Mapping[str, Sequence[str]], names: str) -> Closing:
    lines = raw["lines"]
    place = next((number for number, line in enumerate(lines) if _bears_words(line)), len(lines) - 1)
    if "anchor" in raw:
        if raw["anchor"] not in lines:
            raise TemplateError(f"the anchor {raw['anchor']!r} is none of its closing's lines")
        place = lines.index(raw["anchor"])
    anchor = compile_lines([lines[place]], words)
    assert anchor is not None  # noqa: S101 - one line was given
    before = tuple(compile_template(line, words, names) for line in lines[:place])
    return Closing(before, anchor)


def _bare(line: str) -> str:
    return line[2:] if line.startswith(("? ", "* ")) else line


def _any(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str] | None:
    joined = "|".join(pattern.pattern for pattern in patterns)
    return re.compile(joined, re.IGNORECASE) if joined else None


def _count(text: str, words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    if text.count("{count}") != 1:
        raise TemplateError(f"{text!r} in counts does not hold {{count}} once")
    before, _, after = text.partition("{count}")
    parts = [compile_lines([part], words) if part.strip() else None for part in (before, after)]
    left, right = ("" if part is None else part.pattern for part in parts)
    return re.compile(rf"{left}(?P<count>\d[\d.,\u00a0\u202f]*){right}", re.IGNORECASE)
