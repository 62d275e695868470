"""Agreement as a terminal shows it: short tables of 80 columns, and what must be known to read them."""

import math
import textwrap
from collections.abc import Iterator, Sequence

from discourse.labels.agreement.bootstrap import Estimate
from discourse.labels.agreement.computing import Agreement
from discourse.labels.agreement.figures import GAMMA, Figure
from discourse.labels.agreement.prevalence import Prevalence
from discourse.labels.agreement.reading import MACHINE

_NAME = 24  # columns of a label's name
_ROWS = 40  # of one table; the files hold all
_MEASURES = ("cohen_kappa", "krippendorff_alpha")  # what stands in the column after the plain share
_WIDTH = 79
_FEW = 30  # units of which a coefficient tells little, however narrow its interval


def terminal_lines(found: Agreement, *, is_written: bool = False) -> Iterator[str]:
    """Yield what the terminal shows: who coded, the tables, and what must be known to read them.

    Parameters
    ----------
    is_written
        Whether the tables are written too: else it says what would do that.
    """
    files = "" if is_written else ", with --out"
    yield from _coders(found)
    sections: dict[tuple[str, str], list[Figure]] = {}
    for one in found.figures:
        if _is_shown(one, found.people):
            sections.setdefault((one.first, one.second), []).append(one)
    for (first, second), rows in sections.items():
        yield ""
        yield from _table(first, second, rows, files)
    if found.shares:
        yield ""
        yield from _prevalence(found.shares, files)
    yield ""
    for note in _notes(found, files):
        yield from _wrapped(note)


def _is_shown(one: Figure, people: Sequence[str]) -> bool:
    return one.second in ("", "machine") or (one.layer == "split" and one.second in people)


def _coders(found: Agreement) -> Iterator[str]:
    for person in found.people:
        ways = {"blind": "blind", "seen": "with the machine's labels in sight", "imported": "imported"}
        counts = found.sight.get(person, {})
        how = ", ".join(f"{counts[kind]:,} {words}" for kind, words in ways.items() if counts.get(kind))
        yield from _wrapped(f"{_name(person)} coded {found.coded[person]:,} of {found.posts:,} posts ({how})")


def _table(first: str, second: str, rows: Sequence[Figure], files: str) -> Iterator[str]:
    """Yield the figures of one pair, or of all people: a line a label."""
    is_all = not second
    title = "people among themselves" if is_all else f"{_name(first)} (1) and {_name(second)} (2)"
    coefficient = "alpha" if is_all else "kappa"
    shares = f"{'share':>6}" if is_all else f"{'share1':>6} {'share2':>6}"
    if any(one.layer != "split" for one in rows):
        yield f"{_cut(title):<{_NAME}} {'units':>6} {'agree':>6} {coefficient:>6} {'95 %':>14} {shares}"
    by_label: dict[tuple[str, str], dict[str, Figure]] = {}
    for one in rows:
        if one.measure != GAMMA:
            by_label.setdefault((one.layer, one.label), {})[one.measure] = one
    above = ""
    for (layer, label), measures in list(by_label.items())[:_ROWS]:
        if label and layer != above and (layer, "") not in by_label:
            yield layer  # whose labels are questions of their own
        above = layer
        yield from _split_lines(title, measures) if layer == "split" else [_line(layer, label, measures)]
    if len(by_label) > _ROWS:
        yield f"  and {len(by_label) - _ROWS} more: agreement.csv{files}"
    if gammas := [one for one in rows if one.measure == GAMMA]:
        told = ", ".join(f"{one.layer} {_number(one.estimate.value)}" for one in gammas)
        yield f"gamma of where passages are and what: {told}"


def _line(layer: str, label: str, measures: dict[str, Figure]) -> str:
    plain = measures["agreement"]
    found = next((measures[name] for name in _MEASURES if name in measures), plain)
    shares = " ".join(f"{_number(share, blank=True):>6}" for share in found.shares)
    value = f"{_number(found.estimate.value)}{'*' if layer == 'link' and found.second else ''}"
    cells = f"{found.units:>6,} {_number(plain.estimate.value):>6} {value:>6}"
    return f"{_row_name(layer, label):<{_NAME}} {cells} {_interval(found.estimate):>14} {shares}".rstrip()


def _row_name(layer: str, label: str) -> str:
    return _cut(f"  {label}" if label else layer)


def _split_lines(title: str, measures: dict[str, Figure]) -> Iterator[str]:
    words = {"border_f1": "F1 of borders", "pk": "Pk", "window_diff": "WindowDiff"}
    told = [
        f"{words[name]} {_number(one.estimate.value)} ({_interval(one.estimate)})"
        for name, one in measures.items()
    ]
    yield f"  split, {title}: {next(iter(measures.values())).units:,} places"
    yield from (f"    {line}" for line in told)


def _prevalence(shares: Sequence[Prevalence], files: str) -> Iterator[str]:
    """Yield the table of corrected shares."""
    title = "% of posts with it"
    heads = f"{'coded':>6} {'there':>6} {'machine':>7} {'corrected':>9} {'95 %':>13} {'R.-G.':>6}"
    yield f"{title:<{_NAME}} {heads}"
    above = ""
    for one in shares[:_ROWS]:
        if one.layer != above:
            yield one.layer
        above = one.layer
        machine, difference = _percent(one.shares["machine"]), _percent(one.shares["difference"])
        interval = _interval(one.shares["difference"], scale=100, places=1)
        cells = f"{one.coded:>6,} {one.positives:>6,} {machine:>7} {difference:>9} {interval:>13}"
        yield f"{_row_name(one.layer, one.label):<{_NAME}} {cells} {_percent(one.shares['rogan_gladen']):>6}"
    if len(shares) > _ROWS:
        yield f"  and {len(shares) - _ROWS} more: prevalence.csv{files}"


def _notes(found: Agreement, files: str) -> Iterator[str]:
    """Yield what must be known to read the tables, a paragraph each."""
    if kinds := {one.resampled for one in found.figures}:
        yield f"Intervals: resampled {' or '.join(sorted(kinds))}. – is not defined: too little varies."
    yield (
        "Kappa and alpha fall where a label is rare: read them beside the shares of units that carry it. No "
        "words such as “substantial” are given, since their bounds are arbitrary (Landis and Koch 1977)."
    )
    if any(one.layer in ("stance", "claim") for one in found.figures):
        yield (
            "Of stance and claim a unit is what somebody names in a post: that both say nothing hardly "
            "occurs, which keeps kappa and alpha low."
        )
    if any(one.layer == "link" for one in found.figures):
        yield "* of links alpha: kappa says little of that many values."
    if any(one.measure == "pk" for one in found.figures):
        yield "Pk and WindowDiff count windows in which two cuts differ: 0 is best; (1) is the reference."
    if len(found.people) > 1:
        yield f"Each pair's kappa, each maker alone, F1 of passages and more: agreement.csv{files}."
    if len(found.people) == 1:
        yield "One person alone coded: how far people agree is not known."
    for person, posts in sorted(found.unread.items()):
        yield (
            f"{_name(person)} gave labels on {posts:,} post{'s' * (posts > 1)} without a word on what was "
            "looked for: what was not given there does not count as absent, which flatters agreement."
        )
    for person, posts in sorted(found.later.items()):
        yield (
            f"{_name(person)} decided more on {posts:,} post{'s' * (posts > 1)} after coding {_them(posts)} "
            "blind: left out, since the blind word counts. --final takes everybody's last word."
        )
    if any(counts.get("seen") for counts in found.sight.values()):
        yield "Who has the machine's labels in sight agrees with it more than one who codes blind."
    if found.is_drawn:
        yield from _drawn_notes(found)
    if found.shares:
        yield from _prevalence_notes(found, files)
    if found.left_out:
        yield f"{found.left_out:,} decisions are on posts, or texts of posts, that these runs do not hold."


def _drawn_notes(found: Agreement) -> Iterator[str]:
    """Say on which posts people are compared with the machine where it is known which were drawn."""
    compared = {one.first for one in found.figures if one.second == MACHINE}
    if compared:
        yield (
            "People and the machine are compared on the posts that the sample drew at random alone, since "
            "the others were chosen by what it says; people among themselves on all that they coded."
        )
    for person in found.people:
        units = [one.units for one in found.figures if (one.first, one.second) == (person, MACHINE)]
        if not units:
            yield f"{_name(person)} coded no post that was drawn at random: not compared with the machine."
        elif max(units) < _FEW:
            yield f"{_name(person)} coded fewer than {_FEW} of these: far too few to judge the machine by."


def _prevalence_notes(found: Agreement, files: str) -> Iterator[str]:
    yield (
        "Corrected: the machine's share plus how far people differ from it on coded posts. R.-G.: by its "
        "sensitivity and specificity there (Rogan and Gladen 1978), cut off at 0 and 100."
    )
    if found.is_drawn:
        yield (
            "Both rest on those coded posts that the sample drew at random. Posts coded before the draw and "
            "posts coded since are weighed as they were drawn, also where coding is not done."
        )
        for why in sorted({one.missing for one in found.shares if one.missing}):
            yield f"Not corrected where {why}."
    else:
        yield "It is ASSUMED that the coded posts were drawn at random; --sample FILE says which were."
    if ties := sum(one.ties for one in found.shares):
        yield (
            f"Coders tied on {ties:,} label{'s' * (ties > 1)} of posts, left out here though hard cases may "
            f"differ from others: settle them (disagreements.csv{files})."
        )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="  ")


def _name(annotator: str) -> str:
    return annotator.removeprefix("human:")


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _cut(text: str) -> str:
    return text if len(text) <= _NAME else f"{text[: _NAME - 1]}…"


def _number(value: float, *, blank: bool = False) -> str:
    if math.isnan(value):
        return "" if blank else "–"
    return f"{value:z.2f}"


def _percent(estimate: Estimate) -> str:
    return "–" if math.isnan(estimate.value) else f"{100 * estimate.value:.1f}"


def _interval(estimate: Estimate, *, scale: float = 1, places: int = 2) -> str:
    if math.isnan(estimate.low):
        return "–"
    return f"{scale * estimate.low:z.{places}f} to {scale * estimate.high:z.{places}f}"
