"""`discourse compare`: two runs in, what differs between them out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import mendable, printable
from discourse.cli.opening import open_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from discourse.report.comparing.compared import Row
    from discourse.report.comparing.comparison import Comparison

_RUN = "A folder that `discourse analyze` wrote, of one source or of several."
_MARKERS = 6  # lines of markers, those that differ for sure first
_NAME, _CELL = 34, 16  # columns


def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN_A", help=_RUN, show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="RUN_B", help="Another.", show_default=False)],
    *,
    out: Annotated[
        Path,
        typer.Option(
            help="The page; a table of every label that differs is written beside it (.csv). Its cells hold "
            "words as they were written: let a spreadsheet read them as text, not as formulas.",
            metavar="FILE",
        ),
    ] = Path("compare.html"),
    show: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """Hold two runs against each other: two sites, two weeks, or two versions of a lexicon or model.

    Of a source that both have read every label is compared; else their figures are, with intervals.

    Example:  discourse compare reports/monday reports/friday --out compare.html
    """
    from discourse.stored.comparing import compare_runs  # noqa: PLC0415 - --help must not import pandas

    with mendable():
        found, table = compare_runs(first, second, out)
    for line in _lines(found):
        # names, labels and settings are the words of others
        typer.echo(printable(line))
    typer.echo(f"\n  {'page':<16} {printable(str(out))}\n  {'every difference':<16} {printable(str(table))}")
    if show:
        open_page(out)


def _lines(found: "Comparison") -> "Iterator[str]":
    """Yield a short table: counts, shares that differ for sure, some markers, and the labels that differ."""
    for letter, name in zip("AB", found.names, strict=True):
        yield f"{letter}  {name}"
    yield _line("", "A", "B")
    yield from _rows(found.sizes)
    apart = [row for _, rows in found.groups for row in rows if row.is_apart]
    if apart:
        yield "shares that differ for sure"
        yield from _rows(apart)
    if found.rates:
        yield "markers per 1,000 own words (* differs for sure); B : A with its interval"
        rates = sorted(found.rates, key=lambda row: not row.is_apart)
        for row in rates[:_MARKERS]:
            name = f"{'*' if row.is_apart else ' '} {row.name}"
            yield f"{_line(name, row.first, row.second)}  {row.ratio:>5}  {row.ratio_basis}".rstrip()
        if len(rates) > _MARKERS:
            yield f"  and {len(rates) - _MARKERS} more, on the page"
    if found.making:
        total = len(found.making) + found.making_left_out
        yield f"{total} fact{'s' * (total > 1)} of their making differ{'s' * (total == 1)}, see the page"
    yield from _labels(found)


def _labels(found: "Comparison") -> "Iterator[str]":
    if not found.sources:
        yield "no source was read by both"
        return
    differ = sum(len(source.found.rows) for source in found.sources)
    alike = sum(counts[0] for source in found.sources for _, counts in source.lines)
    read = f"{len(found.sources)} source{'s' if len(found.sources) != 1 else ''} read by both"
    yield f"{read}: {alike:,} rows alike, {differ:,} differ"


def _rows(rows: "Sequence[Row]") -> "Iterator[str]":
    return (_line(f"  {row.name}", row.first, row.second) for row in rows)


def _line(name: str, first: str, second: str) -> str:
    return f"{name[:_NAME]:<{_NAME}} {first:>{_CELL - 8}} {second:>{_CELL - 8}}"
