"""Find the headers of a page by a platform's templates."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import dropwhile

from msgspec import Struct

from discourse.ingest.counts import stated_count
from discourse.ingest.furniture import shape
from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.names import could_be_name
from discourse.ingest.pasted.platform_templates import LONGEST, Fit, Moments, Template
from discourse.ingest.pasted.platforms import HeaderForm, Platform

_LONG = "\ue001" * (LONGEST + 1)  # stands for a line that no template fits
_GONE = ("[deleted]", "[removed]")  # names of those who left
_DIGIT = re.compile(r"\d")
_NEAR = 3  # lines behind furniture in which a header can stand that stands nowhere else
_HEAD = 500  # lines in which a page's head stands
REPEATS = 8  # lines that a repeated template takes


class Page(Struct, frozen=True):
    """Lines of a page as the templates of one platform see them."""

    texts: Sequence[str]  # without blanks at their ends; of a line too long for a template, a mark
    platform: Platform
    moments: Moments
    labels: frozenset[str] = frozenset()  # shapes of lines that stand over names on this page

    def text(self, index: int) -> str:
        """Return a line as templates see it."""
        return self.texts[index]

    def blank(self, index: int) -> bool:
        """Say whether nothing stands on a line."""
        return not self.texts[index]


def page_texts(lines: Sequence[str]) -> list[str]:
    """Return the lines as templates see them."""
    return [line.strip() if len(line) <= 2 * LONGEST else _LONG for line in lines]


def find_headers(page: Page) -> list[Header]:
    """Return the headers of posts in page order; none is fine."""
    found: list[Header] = []
    after = any(form.after for form in page.platform.headers)
    index, free = 0, _NEAR if after and not _headed(page) else 0
    first = _next_filled(page, 0)
    while index < len(page.texts):
        if page.blank(index):
            index += 1
            continue
        header = _header(page, index, free)
        if header is not None:
            found.append(header)
            index, free = header.last + 1, 0
            continue
        near = max(0, free - 1) if index != first else 0
        free = _NEAR if after and _frees(page, index, free) else near
        index += 1
    return found


def find_labels(page: Page, headers: Sequence[Header]) -> frozenset[str]:
    """Return the shapes of lines that were taken for names and mostly have another author's name below them.

    None on platforms whose headers hold the name of the person answered on such a line.
    """
    if any(form.replies or not form.after for form in page.platform.headers):
        return frozenset()
    below: defaultdict[str, list[str]] = defaultdict(list)
    for header in headers:
        there = _next_filled(page, header.first + 1)
        if there is not None and page.text(header.first) == header.author:
            below[shape(header.author)].append(page.text(there))
    known = {shape(header.author) for header in headers}
    found: set[str] = set()
    for label, names in below.items():
        others = {name for name in names if shape(name) in known - {label}}
        if len(others) >= 2 and sum(name in others for name in names) > 0.6 * len(names):
            found.add(label)
    return frozenset(found)


def _headed(page: Page) -> bool:
    """Say whether the page has a head of its own, so that its first line opens no post."""
    above = page.platform.above
    if above is None:
        return False
    for index in range(min(_HEAD, len(page.texts))):
        if above.fullmatch(page.text(index)) is not None:
            return True
        if page.platform.is_anchor(page.text(index)):
            return False
    return False


def _frees(page: Page, index: int, free: int) -> bool:
    """Say whether a header can stand behind a line that is none itself."""
    line = page.text(index)
    if page.platform.is_anchor(line) or page.platform.is_furniture(line):
        return True
    if free == _NEAR and is_explained(page, line):
        return True
    if _DIGIT.search(line) is None:
        return False
    return stated_count(line) is not None or platform_count(page.platform, line) is not None


def _header(page: Page, index: int, free: int) -> Header | None:
    for form in page.platform.headers:
        if form.after and (not free or (form.bare and free < _NEAR)):
            continue
        fits = _fit(page, form.lines, 0, index, {})
        if fits:
            header = _made(page, form, fits)
            if header is not None:
                return header
    return None


def _fit(
    page: Page, templates: Sequence[Template], place: int, index: int, known: Mapping[str, str]
) -> list[tuple[int, Fit]] | None:
    """Return which lines a header's templates from `place` on fit; None where they do not.

    An optional line is taken where it fits, and given back where what follows it then does not.
    """
    if place == len(templates):
        return []
    template = templates[place]
    there = _next_filled(page, index)
    fit = None if there is None else template.match(page.text(there), page.moments)
    if fit is not None and there is not None and _agrees(fit, known):
        again = template.repeated and index - there < REPEATS
        rest = _fit(page, templates, place + (not again), there + 1, {**known, **fit.values})
        if rest is not None:
            return [(there, fit), *rest]
    if template.optional or template.repeated:
        return _fit(page, templates, place + 1, index, known)
    return None


def _next_filled(page: Page, index: int) -> int | None:
    for there in range(index, min(index + 4, len(page.texts))):
        if not page.blank(there):
            return there
    return None


def _agrees(fit: Fit, known: Mapping[str, str]) -> bool:
    """Say whether a line names the author whom an earlier line names, or whose initials it gives."""
    author = fit.values.get("author")
    if author is None or author == known.get("author"):
        return True
    words = author.removeprefix("@").casefold().split()
    letters = "".join(word[0] for word in (*words[:1], *words[1:][-1:]))
    return "author" not in known and letters.startswith(known.get("initial", "").casefold())


def _made(page: Page, form: HeaderForm, fits: Sequence[tuple[int, Fit]]) -> Header | None:
    fits = list(dropwhile(lambda fit: set(fit[1].values) == {"initial"}, fits))  # an avatar's letter
    said: dict[str, str] = {}
    moment = None
    kinds: dict[int, str] = {}
    for index, fit in fits:
        said.update(fit.values)
        moment = moment or fit.moment
        kind = _kind(fit)
        if kind != "author":
            kinds[index] = kind
    author = said["author"].removesuffix(":").strip()
    if any(fit.values.get("author") == page.text(index) for index, fit in fits) and not _is_name(page, said):
        return None
    return Header(
        first=fits[0][0],
        last=fits[-1][0],
        author=author,
        addressee=said.get("addressee"),
        moment=moment,
        kinds=kinds,
        reason=f"it opens a post as {page.platform.name} writes it",
        number=said.get("number"),
        answers=said.get("parent"),
    )


def _is_name(page: Page, said: Mapping[str, str]) -> bool:
    """Say whether what stands alone on a line can be a name: neither a button nor the end of a sentence."""
    name = said["author"]
    if name in _GONE:
        return True
    if len(name) == 1 and len(said.get("addressee", "")) > 1 and said["addressee"].startswith(name):
        return False  # an avatar's letter over the author's name
    return could_be_name(name) and not page.platform.is_anchor(name) and not is_explained(page, name)


def _kind(fit: Fit) -> str:
    for slot, kind in (("author", "author"), ("addressee", "addressee"), ("time", "time"), ("age", "time")):
        if slot in fit.values or (slot == "time" and fit.moment is not None):
            return kind
    return "furniture"


def platform_count(platform: Platform, line: str) -> int | None:
    """Return the number of comments that a line states in the platform's own words."""
    for pattern in platform.counts:
        if (found := pattern.fullmatch(line)) is not None:
            return int(re.sub(r"\D", "", found["count"]))
    return None


def is_explained(page: Page, line: str) -> bool:
    """Say whether a line is furniture, or one of those that stand next to the line that closes a post."""
    if page.platform.is_furniture(line) or page.platform.is_beside(line):
        return True
    return bool(page.labels) and shape(line) in page.labels
