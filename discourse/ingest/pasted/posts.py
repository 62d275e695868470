"""Where posts stand, by what each row of a page is to one."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.tagging import BEFORE, BEHIND, NAME, SIGNED, SPOKEN, TEXT


class Place(Struct, frozen=True):
    """Where one post's rows stand: half-open ranges of places."""

    first: int
    name: int
    last: int  # of the header, inclusive
    texts: tuple[int, int]  # first and last row of text; last < first: none
    below: bool = False
    over: int | None = None  # first row of what opens a post whose name stands below its text

    @property
    def rows(self) -> list[int]:
        """All rows of the header: those that open the post, and those with the name and beside it."""
        opening = [] if self.over is None else range(self.over, self.texts[0])
        return [*opening, *range(self.first, self.last + 1)]


def find_places(tags: Sequence[int]) -> list[Place]:
    """Return where posts stand by the tags of a page's rows."""
    above = [place for place, tag in enumerate(tags) if tag in {NAME, SPOKEN}]
    signed = [place for place, tag in enumerate(tags) if tag == SIGNED]
    if not above and not signed:
        return []
    every = sorted([*above, *signed])  # a page has its names over the texts or under them
    return _below(tags, every) if len(signed) > len(above) else _above(tags, every)


def _above(tags: Sequence[int], names: Sequence[int]) -> list[Place]:
    found = []
    firsts = []
    for name in names:
        first = name
        while first and tags[first - 1] == BEFORE:
            first -= 1
        firsts.append(first)
    for name, first, end in zip(names, firsts, [*firsts[1:], len(tags)], strict=True):
        last = name
        while last + 1 < end and tags[last + 1] == BEHIND and tags[name] == NAME:
            last += 1
        texts = [place for place in range(last + 1, end) if tags[place] == TEXT]
        if tags[name] == SPOKEN:
            texts.insert(0, name)
        found.append(Place(first, name, last, (texts[0], texts[-1]) if texts else (last + 1, last)))
    return found


def _below(tags: Sequence[int], names: Sequence[int]) -> list[Place]:
    found = []
    floor = 0
    own = set(names)
    for name in names:
        texts = [place for place in range(floor, name) if tags[place] == TEXT]
        texts += [name] if tags[name] == SIGNED else []  # the name may stand behind the text's last words
        last = name
        while last + 1 < len(tags) and tags[last + 1] in {BEHIND, SIGNED} and last + 1 not in own:
            last += 1
        if texts:
            over = texts[0]
            while over > floor and tags[over - 1] == BEFORE:
                over -= 1
            place = Place(name, name, last, (texts[0], texts[-1]), below=True)
            found.append(replace(place, over=over) if over < texts[0] else place)
        floor = last + 1
    return found


def without_ranks(page: Rows, places: Sequence[Place]) -> list[Place]:
    """Return the places with the name a row higher where a rank was taken for it.

    That is where the row above says what other posts have for a name, and the row itself does not.
    """
    names = Counter(page.rows[place.name].text for place in places)
    found = []
    floor = -1
    for place in places:
        above = place.name - 1
        text = page.rows[above].text if above > floor and not place.below else ""
        rank = names[page.rows[place.name].text] == 1 and text in names
        found.append(replace(place, name=above, first=min(place.first, above)) if rank else place)
        floor = max(place.last, place.texts[1])
    return found


def tags_at(tags: Sequence[int], places: Sequence[Place]) -> list[int]:
    """Return the tags of a page as its places have them now."""
    changed = list(tags)
    for place in places:
        if changed[place.name] not in {NAME, SPOKEN, SIGNED}:
            changed[place.name] = NAME
            if place.name < place.last:
                changed[place.name + 1] = BEHIND
    return changed
