"""Who wrote a comment: the place where names stand, and the name exactly as it is shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from discourse.ingest.furniture import is_button
from discourse.ingest.html.facts import Facts, has_letters
from discourse.ingest.html.items import Item
from discourse.ingest.html.shown_names import LONGEST, bare_name, clean_name
from discourse.ingest.html.shown_times import moments_in
from discourse.ingest.html.slots import Slot
from discourse.ingest.html.tree import Element
from discourse.ingest.html.visible import visible_text

_BELOW, _SIGNED = 0.5, 4  # how far down signatures stand, and in how many comments at least
_LEAST = 1.2  # score below which a place holds no names
_PROFILE = re.compile(
    r"/(?:user|u|member|profile|author|people|person|nutzer|mitglied|benutzer|profil|perfil|membre)s?[/=?.-]"
    r"|[?&](?:user|u|uid|author|member|id)=|/@|^@|memberlist|profile\.|/channel/",
    re.IGNORECASE,
)
_NAMED = (
    "data-author data-username data-user-name data-author-name author data-name "
    "data-comment-author data-user data-display-name"
).split()
_LABELLED = re.compile(
    r"^\s*(?:comment|reply|kommentar|antwort|commentaire|réponse|comentario|respuesta)\s"
    r"(?:by|from|von|de|par)\s(.{1,80}?)"
    r"(?:\s(?:to|zu|on|at|an|auf|à|a)\s.{0,200}|,.{0,200}|\s\d.{0,80})?$",
    re.IGNORECASE,
)


def find_author_slots(
    slots: dict[str, Slot], items: Sequence[Item], facts: Facts, extras: set[int]
) -> list[Slot]:
    """Return the places where names stand, the surest first; none where no place holds names."""
    graded = []
    reach: dict[str, set[int]] = {}
    for slot in slots.values():
        reach.setdefault(_end_of(slot), set()).update(slot.holders)
    for slot in slots.values():
        score = _score(slot, len(reach[_end_of(slot)]) / len(items), facts, extras)
        if score >= _LEAST:
            graded.append((-score, slot.order, slot.path, slot))
    graded.sort(key=lambda entry: entry[:3])
    places = [entry[3] for entry in graded]
    return [slot for slot in places if not _is_initials(slot, places[:8], facts)][:6]


def _end_of(slot: Slot) -> str:
    """Return what a place is called within comments of another kind: answers often stand deeper."""
    steps = slot.path.rsplit("/", 2)
    return "/".join(steps[1:]) if len(steps) == 3 and "." in steps[2] else slot.path


def _is_initials(slot: Slot, places: Sequence[Slot], facts: Facts) -> bool:
    """Say whether a place shows only the letters that the names of another place begin with."""
    short = {index: _label(held[0], facts) for index, held in list(slot.holders.items())[:200]}
    if any(not 0 < len(text) <= 3 for text in short.values()):
        return False
    for other in places:
        common = [index for index in short if index in other.holders] if other is not slot else []
        begun = sum(_begins(short[index], _label(other.holders[index][0], facts)) for index in common)
        if len(common) > 1 and begun >= 0.8 * len(common):
            return True
    return False


def _begins(letters: str, name: str) -> bool:
    name, letters = name.lstrip("@").casefold(), letters.casefold()
    firsts = "".join(word[0] for word in name.split())
    return len(name) > len(letters) and (name.startswith(letters) or firsts.startswith(letters))


def _score(slot: Slot, reach: float, facts: Facts, extras: set[int]) -> float:
    """Say how much a place looks like one of names; `reach` is the share of comments that have such a one."""
    firsts = [held[0] for held in slot.holders.values()]
    hint = max(facts.hints[element.number].author for element in firsts[:8])
    if slot.path == "." and hint < 2:
        return 0.0
    if sum(element.number in extras for element in firsts) > 0.5 * len(firsts) and hint < 2:
        return 0.0
    shown = [text for element in firsts if (text := _label(element, facts)) and len(text) <= 2 * LONGEST]
    names = [text for text in shown if _may_be_name(text)]
    if not names or len(names) < 0.5 * len(firsts):
        return 0.0
    bare = [bare_name(text) if _is_worded(text) else clean_name(text) for text in names]
    score = 2.0 * reach * len(names) / len(firsts) + (0.0, 1.6, 2.6)[hint]
    score += 0.8 * (not hint) * _inherited(firsts, facts)
    score += 0.6 * _link_share(firsts) + 0.3 * (
        firsts[0].tag in ("b", "strong", "cite", "h3", "h4", "h5", "a", "summary", "dt")
    )
    score += 0.5 * (1 - slot.order) + 0.02 * min(slot.depth, 10)
    timed = sum(_timeliness(text, name) for text, name in zip(names, bare, strict=True)) / len(names)
    # a time that has its own element is told apart from the name beside it
    apart = all(_has_timed_part(element, facts) for element in firsts[:8])
    score -= (0.9 if apart else 1.6) * timed + 0.8 * max(0.0, slot.repeats() - 1.2)
    if len(names) > 2 and len(set(bare)) == 1 and not hint:
        score -= 1.5
    wordy = sum(len(name.split()) > 5 or not name or name[-1] in "!?…。" for name in bare) / len(names)
    wordy += 0.5 * sum(name.endswith(".") for name in bare) / len(names)
    score -= 1.5 * wordy
    if any(facts.hints[element.number].body == 2 for element in firsts[:3]):
        score -= 2.0
    return score


def _label(element: Element, facts: Facts) -> str:
    """Return what an element shows on one line, its button's text where it shows nothing else."""
    text = facts.short_text(element)
    if text or not facts.hints[element.number].author or element.end - element.number > 12:
        return text
    buttons = (part for part in facts.tree.within(element) if part.tag == "button")
    return next((text for button in buttons if (text := facts.short_text(button))), "")


def _has_timed_part(element: Element, facts: Facts) -> bool:
    return element.end - element.number < 40 and facts.times(element) > 0


def _inherited(firsts: Sequence[Element], facts: Facts) -> float:
    above = [element.parent for element in firsts[:8] if element.parent is not None]
    return max((min(1, facts.hints[element.number].author) for element in above), default=0)


def _link_share(firsts: Sequence[Element]) -> float:
    linked = 0
    for element in firsts:
        href = element.get("href") if element.tag == "a" else ""
        linked += bool(href) and (_PROFILE.search(href) is not None or "external" in element.get("rel"))
    return linked / len(firsts)


def _may_be_name(text: str) -> bool:
    if is_button(text) or len(text) > 2 * LONGEST:
        return False
    if _is_worded(text):  # "Today" may be one, where a time stands beside it
        return has_letters(text) or (any(char.isdigit() for char in text) and len(text) > 3)
    inside = sum(moment.end - moment.start for moment in moments_in(text))
    rest = len(text) - inside
    return rest > 1


def author_of(  # noqa: PLR0917
    index: int,
    item: Item,
    places: Sequence[Slot],
    facts: Facts,
    extras: set[int],
    addressed: AbstractSet[int] = frozenset(),
    marks: Mapping[int, tuple[str, Element, str]] | None = None,
) -> tuple[str, Element | None, str]:
    """Return a comment's author as shown, the element that shows it, and how it was found.

    `addressed` holds the numbers of elements that name the one answered, `marks` the names that
    attributes give where no place shows any.
    """
    for slot in places:
        is_placed = _is_placed(slot, facts)
        for element in [held for held in slot.holders.get(index, ()) if held.number not in addressed][:2]:
            name = name_shown(element, facts, extras, timed=not _is_timely(element, slot, item, facts))
            if name:
                return name.split(",", 1)[0] if is_placed else name, element, _reason(element, facts, slot)
    for spot in item.spots[:3]:
        for key in _NAMED:
            value = " ".join(spot.element.get(key).split())
            if value and len(value) <= LONGEST:
                return value, spot.element, f"attribute {key}"
        match = _LABELLED.match(spot.element.get("aria-label"))
        if match:
            return match[1].strip(), spot.element, "attribute aria-label"
    if marks and index in marks:
        return marks[index]
    for spot in item.spots:
        number = spot.element.number
        if facts.hints[number].author and number not in extras and number not in addressed:
            name = name_shown(spot.element, facts, extras)
            if name:
                return name, spot.element, "its name says author"
    return "", None, "nothing here names an author"


def _timeliness(text: str, name: str) -> float:
    """Say how much of a time a text is: words alone ("Today") may be a name, or one stands beside it."""
    if not moments_in(text):
        return 0.0
    if _is_worded(text):
        return 0.15
    return 0.4 if name else 1.0


def _is_worded(text: str) -> bool:
    return not any(char.isdigit() for moment in moments_in(text) for char in text[moment.start : moment.end])


def _is_placed(slot: Slot, facts: Facts) -> bool:
    """Say whether names below the words have a place behind them: "Ida, Leeds"."""
    if slot.order < _BELOW or len(slot.holders) < _SIGNED:
        return False
    texts = [facts.short_text(held[0]) for held in list(slot.holders.values())[:40]]
    return sum(text.count(",") == 1 and not text.endswith(",") for text in texts) >= 0.8 * len(texts)


def _is_timely(element: Element, slot: Slot, item: Item, facts: Facts) -> bool:
    """Say whether a name could be a time ("Today", "May"): others have none, or it has one beside it."""
    text = _label(element, facts)
    if not moments_in(text) or not _is_worded(text):
        return False
    if any(facts.is_time[n] for n in _outside(item, element)):
        return True
    others = [facts.short_text(held[0]) for held in list(slot.holders.values())[:40]]
    return sum(bool(moments_in(other)) for other in others) <= 0.3 * len(others)


def _outside(item: Item, element: Element) -> Iterator[int]:
    """Yield the numbers of a comment's elements that neither are nor stand within another."""
    for spot in item.spots[:40]:
        number = spot.element.number
        if not element.number <= number < element.end:
            yield number


def _reason(element: Element, facts: Facts, slot: Slot) -> str:
    hints = facts.hints[element.number]
    if hints.author:
        return f"{hints.reason} says author"
    return f"a short text that changes from comment to comment, in {len(slot.holders)} of them"


def name_shown(element: Element, facts: Facts, extras: set[int], *, timed: bool = True) -> str:
    """Return the name that an element shows, without badges, words such as "says" and, if `timed`, times."""

    def skip(part: Element) -> bool:
        if part.number in extras or facts.hints[part.number].time or (timed and facts.is_time[part.number]):
            return True
        hints = facts.hints[part.number]
        return bool(hints.extra) and not hints.author

    if element.tag == "meta":
        return " ".join(element.get("content").split())[:LONGEST]
    text = " ".join(visible_text(element, skip).split())
    if not text and element.tag != "img":
        text = next(
            (
                spot.get("content")
                for spot in element.elements()
                if spot.tag == "meta" and spot.get("itemprop") == "name"
            ),
            "",
        )
    text = text or _label(element, facts)
    if len(text) > 3 * LONGEST:
        return ""
    text = _once(text, element, facts)
    if timed and _is_worded(text) and len(moments_in(facts.short_text(element))) > 1:
        return bare_name(text)  # "Today" beside a time of its own
    return clean_name(text) if timed else bare_name(text)[:LONGEST]


def _once(text: str, element: Element, facts: Facts) -> str:
    """Return a name once that an element shows twice, for the eye and for machines."""
    half = text[: len(text) // 2].rstrip()
    if len(half) < 2 or text.removeprefix(half).lstrip() != half or element.end - element.number > 40:
        return text
    pieces = [
        " ".join(child.split())
        for part in (element, *facts.tree.within(element))
        for child in part.children
        if isinstance(child, str)
    ]
    return half if pieces.count(half) > 1 else text
