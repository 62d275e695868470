"""Headers that say when: lines of one shape, each with a name and a moment, over and over."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from discourse.ingest.counts import stated_count
from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.names import could_be_name
from discourse.ingest.times import LONGEST, Moment, find_moments
from discourse.ingest.words import any_of, load_words

INLINE, BEHIND, ABOVE, BELOW = (
    "inline",
    "behind",
    "above",
    "below",
)  # where the name stands, seen from the moment

_LISTS = load_words("headers")
_VERB = any_of(_LISTS["verbs"])
_LEAD = re.compile(
    rf"^(?:\[[–\-+−]\]|#\d+\b|\d{{1,5}}[.)]?\s(?=\S)|[▲▼•·»>|*–—-]+(?=\s|$)|(?:{any_of(_LISTS['leads'])})(?=\s|$))\s*",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:[»«•·|,:@↑~–—-]|\((?:op|author|mod|admin|edited)\)|\[(?:op|s|m|a|score hidden|\+\d+)\]"
    r"|(?<=\s)[-−]?\d[\d.,]*k?\s(?:points?|punkte|karma|likes?)|(?<=\s)score hidden"
    rf"|(?<=[\s:])(?:{_VERB}|{any_of(_LISTS['joins'])}))$",
    re.IGNORECASE,
)
_SAYS = re.compile(rf"\s(?:{_VERB})\s?:?$", re.IGNORECASE)
_QUOTING = re.compile(rf"(?:^|\s)(?:{any_of(_LISTS['quoting'])})\b\W*$", re.IGNORECASE)
_ANSWERS = re.compile(
    rf"\s{{2,}}(?:(?:{any_of(_LISTS['answers'])})\s|[→▶]\s?|@)?|\s(?:{any_of(_LISTS['answers'])}|→|▶|➜|⇒|►|»|›)\s@?",
    re.IGNORECASE,
)
_KEYED = re.compile(rf"^\W{{0,3}}(?:{any_of(load_words('furniture')['keys'])})(?!\w)", re.IGNORECASE)
_LONGEST_NAME = 160  # characters: blogs that link to a post are named by their titles
_EDITED = re.compile(
    r"^\W*(?:(?:last )?(?:edited|modified|updated)|bearbeitet|geändert|modifié|editado|編集)?\W*$",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"^[\W\d]*$")


class Stamp(Struct, frozen=True):
    """One line with a moment that could be part of a post's header."""

    index: int  # 0-based line of the moment
    name_index: int  # line of the name
    author: str
    addressee: str | None
    moment: Moment
    where: str  # inline | behind | above | below
    lead: str  # what stands before the name, numbers masked
    trail: str  # what stands between name and moment
    tail: str  # what stands behind the moment
    verb: bool  # "says:", "schrieb am"
    loose: bool = False  # what stands in the name's place could hardly be one by itself

    @property
    def form(self) -> tuple[str, str, str, str]:
        """What headers of one page have in common."""
        return self.where, self.lead, self.trail, self.tail

    @property
    def kin(self) -> tuple[str, str]:
        """What headers of one page have in common at least."""
        return self.where, self.trail[-1:]


def find_stamps(lines: Sequence[str]) -> list[Stamp]:
    """Return every line that could be, or be part of, a header with a moment."""
    day_first = _day_first(lines)
    found: list[Stamp] = []
    for index, line in enumerate(lines):
        if not line.strip() or len(line) > LONGEST or _KEYED.match(line):
            continue
        for moment in find_moments(line, day_first=day_first)[:3]:
            stamp = _stamp(lines, index, moment)
            if stamp is not None:
                found.append(stamp)
                break
    return found


def _stamp(lines: Sequence[str], index: int, moment: Moment) -> Stamp | None:
    line = lines[index]
    before, tail = line[: moment.start], _mask(line[moment.end :])
    if len(tail) > 60 or _glued(before):
        return None
    if len(before) > _LONGEST_NAME + 40:
        return None
    lead, name, trail = _peel(before)
    verb = _says(trail)
    if name:
        author, addressee = _two(name)
        if addressee is not None and not could_be_name(addressee):
            author, addressee = name, None
        loose = not could_be_name(author)
        return Stamp(
            index, index, author, addressee, moment, INLINE, _mask(lead), _mask(trail), tail, verb, loose
        )
    return _beside(lines, index, moment, _mask(lead + trail), tail)


def _beside(lines: Sequence[str], index: int, moment: Moment, lead: str, tail: str) -> Stamp | None:
    """Read a line that holds only a moment: the name stands behind it, or on the line above."""
    behind = _peel(lines[index][moment.end :])
    if (
        tail
        and not is_button(tail)
        and behind[1]
        and could_be_name(behind[1])
        and not _NUMERIC.match(behind[1])
    ):
        author, addressee = _two(behind[1])
        if could_be_name(author):
            verb = _says(behind[2])
            return Stamp(
                index,
                index,
                author,
                addressee,
                moment,
                BEHIND,
                lead,
                _mask(behind[0]),
                _mask(behind[2]),
                verb,
            )
    above = _filled(lines, index, -1)
    if above is None or is_button(lines[above]) or stated_count(lines[above]) is not None:
        return None
    first, name, last = _peel(lines[above])
    author, addressee = _two(name)
    if not author or not could_be_name(author) or _NUMERIC.match(author):
        return None
    trail = _mask(last)
    return Stamp(
        index,
        above,
        author,
        addressee,
        moment,
        ABOVE,
        _mask(first),
        trail,
        tail if not is_button(tail) else "+",
        _says(last),
    )


def _filled(lines: Sequence[str], index: int, step: int) -> int | None:
    for place in range(index + step, index + 4 * step, step):
        if 0 <= place < len(lines) and lines[place].strip():
            return place
    return None


def _peel(text: str) -> tuple[str, str, str]:
    """Part what stands before a moment into lead, name and trail."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    begin, stop = start, end
    while (match := _LEAD.match(text[start:end])) is not None and match.end():
        start += match.end()
    while (
        end > start
        and (match := _TRAIL.search(text[max(start, end - 40) : end])) is not None
        and match.group()
    ):
        end = start + len(text[start : end - len(match.group())].rstrip())
    return text[begin:start].strip(), text[start:end].strip(), text[end:stop].strip()


def _two(name: str) -> tuple[str, str | None]:
    """Part "Name  Other" and "Name in reply to Other"."""
    parts = [part for part in _ANSWERS.split(name.strip(), maxsplit=1) if part.strip()]
    if len(parts) == 2:
        return parts[0].strip(), parts[1].strip().lstrip("@")
    return name.strip(), None


def _says(trail: str) -> bool:
    return _SAYS.search(" " + trail) is not None


def _glued(before: str) -> bool:
    """Say whether a name runs into the moment without a blank: such a line names the person answered."""
    return bool(before) and (before[-1].isalnum() or before[-1] in "_).") and before.strip() != ""


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text.strip().lower()).replace("points", "point")


_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?!\d)")


def _day_first(lines: Sequence[str]) -> bool:
    """Say how the page means 03/04/2020: by its clearer dates, else month first."""
    votes: Counter[bool] = Counter()
    for line in lines:
        for match in _SLASHED.finditer(line[:LONGEST]):
            votes[True] += int(match[1]) > 12
            votes[False] += int(match[2]) > 12
    return votes[True] > votes[False]


def choose(stamps: Sequence[Stamp], lines: Sequence[str], counts: Sequence[int] = ()) -> list[Stamp]:
    """Return the stamps of the one shape that the posts of the page share, with its kin.

    Parameters
    ----------
    counts
        Numbers of comments that the page states; a shape that stands as often is preferred.
    """
    groups: defaultdict[tuple[str, str, str, str], list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        groups[stamp.form].append(stamp)
    strict = [[stamp for stamp in group if not stamp.loose] for group in groups.values()]
    weighed = [(_weight(group, lines, counts), group) for group in strict if group]
    weight, best = max(weighed, key=lambda pair: pair[0], default=(0.0, []))
    if weight <= 0:
        return []
    model = best[0]
    timed = sum(stamp.moment.has_clock for stamp in best) > 0.9 * len(best)
    chosen = [
        stamp
        for stamp in stamps
        if (stamp.form == model.form and (not stamp.loose or _marked(model, best)))
        or (_is_kin(stamp, model) and not stamp.loose and (stamp.moment.has_clock or not timed))
    ]
    return _with_text(_without_doubles(chosen), lines)


def _marked(model: Stamp, group: Sequence[Stamp]) -> bool:
    """Say whether a shape is so peculiar that what stands in the name's place is a name, however long."""
    return (model.verb or len(model.tail) > 3 or len(model.trail) > 3 or len(model.lead) > 3) and len(
        group
    ) >= 3


def _weight(group: Sequence[Stamp], lines: Sequence[str], counts: Sequence[int]) -> float:
    names = {stamp.author for stamp in group}
    if len(group) >= 3 and len(names) == 1 and not group[0].verb:
        return 0.0
    empty = sum(
        not any(line.strip() for line in lines[here.index + 1 : min(there.name_index, there.index)])
        for here, there in pairwise(group)
    )
    weight = len(group) * (1.0 - empty / len(group))
    if group[0].where == INLINE and _QUOTING.search(group[0].trail) and not group[0].tail:
        weight *= 0.2  # a quotation's header rather than a post's
    weight *= 1.0 + 0.3 * (len(group) in counts) + 0.2 * any(stamp.moment.has_clock for stamp in group)
    return weight * (0.9 if group[0].where == ABOVE else 1.0) + 0.5 * group[0].verb


def _is_kin(stamp: Stamp, model: Stamp) -> bool:
    if stamp.kin != model.kin or stamp.verb != model.verb:
        return False
    if not (stamp.tail == model.tail or is_button(stamp.tail) or _EDITED.match(stamp.tail)):
        return False
    if stamp.where == INLINE and (_QUOTING.search(stamp.trail) is None) != (
        _QUOTING.search(model.trail) is None
    ):
        return False
    return stamp.lead == model.lead or stamp.where == ABOVE


def _with_text(stamps: Sequence[Stamp], lines: Sequence[str]) -> list[Stamp]:
    """Leave out headers whose name would be the whole text of the post before."""
    kept: list[Stamp] = []
    for stamp in stamps:
        lone = stamp.where == ABOVE and not stamp.verb and kept
        if lone and not any(line.strip() for line in lines[kept[-1].index + 1 : stamp.name_index]):
            continue
        kept.append(stamp)
    return kept


def _without_doubles(stamps: Sequence[Stamp]) -> list[Stamp]:
    kept: list[Stamp] = []
    for stamp in stamps:
        if not kept or min(stamp.index, stamp.name_index) > kept[-1].index:
            kept.append(stamp)
    return kept
