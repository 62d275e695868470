"""A regular expression as a row of slots, of which a gate is chosen."""

import re
from collections.abc import Sequence
from itertools import product
from re import _constants as _codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from discourse.lexicon.slots import EDGE, FIRST, MARKS, MOST, Slot

_REPEATS = (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT)
_LOOKS = (_codes.ASSERT, _codes.ASSERT_NOT)
_PLACES = {
    _codes.AT_BOUNDARY: EDGE,
    _codes.AT_BEGINNING: FIRST,
    _codes.AT_BEGINNING_STRING: FIRST,
}
_FEW_FORMS = 60  # of a word of which each part is a slot
_FEW = 12  # characters of a set that are taken one by one


def slots_of_regex(pattern: str) -> tuple[list[Slot], int | None]:
    """Return the slots of a regular expression, and how many code points it looks at from where it begins.

    No slots where its flags change what letters mean; None where it looks on without limit.
    """
    parsed = _parser.parse(pattern)
    slots = [] if parsed.state.flags & (re.IGNORECASE | re.MULTILINE) else _slots(parsed)
    return slots, _sum([_width(parsed)[1], _looked_at(parsed), 1])


def _slots(sequence: Any) -> list[Slot]:
    found: list[Slot] = []
    for place in range(len(sequence)):
        for slot in _slots_of(sequence[place : place + 1]):
            joined = _one_word(found[-1], slot) if found else None
            found[-1:] = [joined] if joined else [*found[-1:], slot]
    return found


def _one_word(slot: Slot, after: Slot) -> Slot | None:
    """Join two slots that single texts or the parts of one word fill; None where they are none."""
    number = len(slot.words) * len(after.words)
    within = any(a[-1:] not in MARKS for a in slot.words) and any(b[:1] not in MARKS for b in after.words)
    if number == 1 or (within and 0 < number <= _FEW_FORMS):
        words = tuple(dict.fromkeys(a + b for a in slot.words for b in after.words))
        longest = None if slot.longest is None or after.longest is None else slot.longest + after.longest
        return Slot(words, slot.shortest + after.shortest, longest)
    return None


def _slots_of(alone: Any) -> list[Slot]:
    """Return the slots of a sequence of one item."""
    code, value = alone[0]
    shortest, longest = _width(alone)
    if words := _words(alone):
        return [Slot(words, shortest, longest)]
    if code is _codes.SUBPATTERN and not value[1] and not value[2]:
        return _slots(value[3])
    if code is _codes.ATOMIC_GROUP:
        return _slots(value)
    if code in _REPEATS and value[0]:
        low, high, inner = value
        least, most = _width(inner)
        return [*_slots(inner), Slot((), (low - 1) * least, None if most is None else (high - 1) * most)]
    ways = tuple(tuple(_slots(way)) for way in value[1]) if code is _codes.BRANCH else ()
    return [Slot((), shortest, longest, ways)]


def _words(sequence: Sequence[Any]) -> tuple[str, ...]:
    """Return every text that a sequence matches; none where they are not known or too many."""
    found = [""]
    for code, value in sequence:
        parts = _words_of(code, value)
        if not 0 < len(found) * len(parts) <= MOST:
            return ()
        found = [a + b for a, b in product(found, parts)]
    return tuple(dict.fromkeys(found))


def _words_of(code: Any, value: Any) -> tuple[str, ...]:
    if code is _codes.LITERAL:
        return (chr(value),)
    if code is _codes.AT or code in _LOOKS:
        return (_PLACES.get(value, "") if code is _codes.AT else "",)
    if code is _codes.IN:
        return _members(value)
    if code in _REPEATS:
        return _repeated(*value)
    if code is _codes.SUBPATTERN and (value[1] or value[2]):
        return ()  # flags of its own change what letters mean
    ways = [_words(way) for way in _parts(code, value)]
    return tuple(dict.fromkeys(word for way in ways for word in way)) if all(ways) else ()


def _members(members: Sequence[Any]) -> tuple[str, ...]:
    chars: list[str] = []
    for code, value in members:
        if code is _codes.LITERAL:
            chars.append(chr(value))
        elif code is _codes.RANGE and value[1] - value[0] < _FEW:
            chars += map(chr, range(value[0], value[1] + 1))
        else:
            return ()
    return tuple(chars) if len(chars) <= _FEW else ()


def _repeated(low: int, high: int, inner: Sequence[Any]) -> tuple[str, ...]:
    each = _words(inner)
    if not each or sum(len(each) ** times for times in range(low, min(high, 9) + 1)) > MOST or high > 9:
        return ()
    powers = [product(each, repeat=times) for times in range(low, high + 1)]
    return tuple(dict.fromkeys("".join(words) for power in powers for words in power))


def _width(sequence: Any) -> tuple[int, int | None]:
    """Return the fewest and the most code points that a sequence takes; None without limit."""
    low, high = sequence.getwidth()
    return int(low), None if high >= _codes.MAXREPEAT else int(high)


def _looked_at(sequence: Sequence[Any]) -> int | None:
    """Return how many code points all that looks around in a pattern sees at most."""
    widths: list[int | None] = []
    for code, value in sequence:
        for part in _parts(code, value):
            widths.append(_looked_at(part))
            if code in _LOOKS:
                widths.append(_width(part)[1])
    return _sum(widths)


def _parts(code: Any, value: Any) -> Sequence[Sequence[Any]]:
    if code is _codes.BRANCH:
        return list(value[1])
    if code is _codes.SUBPATTERN:
        return [value[3]]
    if code is _codes.ATOMIC_GROUP:
        return [value]
    if code in _REPEATS:
        return [value[2]]
    return [value[1]] if code in _LOOKS else []


def _sum(widths: Sequence[int | None]) -> int | None:
    known = [width for width in widths if width is not None]
    return sum(known) if len(known) == len(widths) else None
