"""What the header lines of a page have in common around the name: "By … on 3 May", "… | 3 h | Reply"."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token

_MOST_BEFORE, _MOST_BEHIND = 5, 12  # tokens that stand before and behind a name
_MOST_TOKENS = 28  # of a row
_WIDEST = 170  # characters of a name: blogs that link to a post are named by their titles
_MIDDLE = 10  # tokens of a name
_SAMPLE = 3000  # rows that are looked at
_KEPT = 14  # templates that are tried

Masks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What stands before and behind the name on a row, masked."""

    before: Masks
    behind: Masks

    def __str__(self) -> str:
        return " ".join((*map(_shown, self.before), "…", *map(_shown, self.behind)))

    @property
    def says_when(self) -> bool:
        """Whether a moment is part of it."""
        return MOMENT in self.before or MOMENT in self.behind

    @property
    def is_soft(self) -> bool:
        """Whether a moment or a number is all there is, as a sentence may have it too."""
        return all(mask in (MOMENT, NUMBER) for mask in (*self.before, *self.behind))

    def middle(self, row: Row, masks: Masks, *, kin: bool = False) -> tuple[int, int] | None:
        """Return the offsets of what stands in the name's place; None where the row is of another shape.

        Parameters
        ----------
        kin
            Whether more may follow behind what the template ends in, such as "edited".
        """
        first, last = len(self.before), len(masks) - len(self.behind)
        if last <= first or masks[:first] != self.before:
            return None
        if masks[last:] != self.behind:
            found = self._inside(masks) if kin and self.behind else None
            if found is None:
                return None
            last = found
        start, end = row.tokens[first].start, row.tokens[last - 1].end
        return (start, end) if end - start <= _WIDEST else None

    def _inside(self, masks: Masks) -> int | None:
        size = len(self.behind)
        for at in range(len(self.before) + 1, len(masks) - size + 1):
            if masks[at : at + size] == self.behind:
                return at
        return None


def _shown(mask: str) -> str:
    return {MOMENT: "(time)", NUMBER: "(number)"}.get(mask, mask)


def masks_of(row: Row) -> Masks:
    """Return a row's tokens, masked and cut."""
    return tuple(cut(token) for token in row.tokens)


def cut(token: Token) -> str:
    """Return what "point" and "points" share."""
    mask = token.mask
    return mask[:4] if len(mask) > 4 and mask.isascii() else mask


def find_templates(rows: Sequence[Row], masks: Sequence[Masks], need: int) -> list[Template]:
    """Return the templates that recur, those of most rows first, the longest of those alike.

    Parameters
    ----------
    masks
        The rows' tokens, masked.
    need
        How often a template must recur.
    """
    chosen = [place for place in range(len(rows)) if 1 < len(masks[place]) <= _MOST_TOKENS]
    step = max(1, len(chosen) // _SAMPLE)
    chosen = chosen[::step] if step > 1 else chosen
    before: Counter[Masks] = Counter()
    behind: Counter[Masks] = Counter()
    for place in chosen:
        held = masks[place]
        before.update(held[:size] for size in range(1, min(_MOST_BEFORE, len(held) - 1) + 1))
        behind.update(held[-size:] for size in range(1, min(_MOST_BEHIND, len(held) - 1) + 1))
    need = max(2, need // step)
    times: Counter[Template] = Counter()
    names: defaultdict[Template, set[Masks]] = defaultdict(set)
    for place in chosen:
        for template, middle in _templates(masks[place], before, behind, need):
            times[template] += 1
            names[template].add(middle)
    found = [template for template, count in times.items() if count >= need and len(names[template]) > 1]
    return _longest(found, times)


def _templates(
    held: Masks, before: Counter[Masks], behind: Counter[Masks], need: int
) -> Iterator[tuple[Template, Masks]]:
    fore = [()] + [
        held[:size] for size in range(1, min(_MOST_BEFORE, len(held) - 1) + 1) if before[held[:size]] >= need
    ]
    back = [()] + [
        held[-size:]
        for size in range(1, min(_MOST_BEHIND, len(held) - 1) + 1)
        if behind[held[-size:]] >= need
    ]
    for left in fore:
        for right in back:
            middle = held[len(left) : len(held) - len(right)]
            if (left or right) and 0 < len(middle) <= _MIDDLE and _hard(left, right):
                yield Template(left, right), middle


def _hard(left: Masks, right: Masks) -> bool:
    """Say whether a template has more to it than a word that many sentences begin or end with."""
    return (
        any(not mask[0].isalnum() for mask in (*left, *right))
        or (bool(left) and len(left) <= 3)
        or bool(right)
    )


def _longest(found: Sequence[Template], times: Counter[Template]) -> list[Template]:
    """Leave out templates that a longer one of as many rows holds."""
    order = sorted(found, key=lambda one: (-times[one], -len(one.before) - len(one.behind), str(one)))[:200]
    kept: list[Template] = []
    for one in order:
        longer = [
            other
            for other in order
            if other is not one
            and times[other] >= times[one]
            and len(other.before) + len(other.behind) > len(one.before) + len(one.behind)
            and other.before[: len(one.before)] == one.before
            and other.behind[len(other.behind) - len(one.behind) :] == one.behind
        ]
        if not longer:
            kept.append(one)
        if len(kept) == _KEPT:
            break
    return kept
