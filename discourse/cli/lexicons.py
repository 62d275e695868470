"""`discourse lexicons`: what the word lists hold, what they match and why, whether they keep their word."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import MENDABLE, mendable, printable
from discourse.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discourse.lexicon import Entry, Lexicons, MarkerPage, Match

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Folder = Annotated[
    Path | None, typer.Option("--lexicons", help="Folder of lexicons; the project's own by default.")
]
_More = Annotated[Path | None, typer.Option("--lexicons", help="Folder of your own lexicons, beside ours.")]
SHOWN = 12  # of a lexicon's entries for a marker, as examples of its words
WIDEST = 70  # characters of an entry's pattern that are shown


@app.callback()
def _group() -> None:
    """Look into and check the word lists behind the markers.

    Example:  discourse lexicons check
    """


@app.command()
def check(
    place: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Folder of lexicons.")] = None,
    folder: _Folder = None,
) -> None:
    """Try every entry on its own examples: `hit` must match, `miss` must not.

    Example:  discourse lexicons check --lexicons my-lexicons
    """
    from discourse.lexicon import load_lexicons, load_user_lexicons  # noqa: PLC0415

    theirs = place or folder
    with mendable():
        lexicons = load_lexicons() if theirs is None else load_user_lexicons(theirs)
        faults = [fault for lexicon in lexicons.by_name.values() for fault in lexicon.check()]
    for fault in faults:
        typer.echo(f"discourse: {printable(fault)}", err=True)
    entries = sum(len(lexicon.entries) for lexicon in lexicons.by_name.values())
    typer.echo(f"{len(lexicons.by_name)} lexicons, {entries} entries, {len(faults)} faults")
    if faults:
        raise typer.Exit(code=MENDABLE)


@app.command(name="try")
def try_text(
    text: Annotated[str, typer.Argument(help="A few words or sentences.")], folder: _More = None
) -> None:
    """Show what matches in a text, by which entry, and what keeps a match from counting.

    Example:  discourse lexicons try "Clearly it may not be so."
    """
    from discourse.analysis.rhetoric.evidence import find_evidence  # noqa: PLC0415
    from discourse.analysis.rhetoric.markers import LEXICONS, QUESTIONS  # noqa: PLC0415
    from discourse.lexicon import load_with_user  # noqa: PLC0415
    from discourse.text.normalise import fold, normalise  # noqa: PLC0415

    with mendable():
        lexicons = load_with_user(folder, (*LEXICONS, *QUESTIONS))
    plain = normalise(text.encode("utf-8", "replace").decode("utf-8"))
    folded = fold(plain)
    lines = [
        (match.start, _told(plain, match, why or _no_label(match, folded)))
        for match, why in lexicons.explain(folded)
    ]
    lines += [
        (found.span.start, f"evidence: {plain[found.span.start : found.span.end]!r}, rule: {found.kind}")
        for found in find_evidence(folded)
    ]
    for _, line in sorted(lines):
        typer.echo(printable(line))
    if not lines:
        typer.echo("nothing matches")


@app.command()
def show(
    marker: Annotated[str, typer.Argument(help="A label, such as hedge.")], folder: _More = None
) -> None:
    """Print what a marker means, examples, what makes it, how often it is wrong and on what.

    Example:  discourse lexicons show hedge
    """
    from discourse.analysis.rhetoric.markers import LEXICONS, QUESTIONS  # noqa: PLC0415
    from discourse.lexicon import load_pages, load_with_user  # noqa: PLC0415

    with mendable():
        lexicons = load_with_user(folder, (*LEXICONS, *QUESTIONS))
        pages = load_pages() | (load_pages(folder) if folder else {})
        if marker not in _labels(lexicons) and marker not in pages:
            known = ", ".join(sorted({*_labels(lexicons), *pages}))
            raise LexiconError(where=marker, problem="there is no such marker", fix=f"Name one of {known}")
    for line in _page_lines(marker, lexicons, pages.get(marker)):
        typer.echo(printable(line))


def _labels(lexicons: "Lexicons") -> set[str]:
    return {label for lexicon in lexicons.by_name.values() for label in lexicon.labels}


def _told(text: str, match: "Match", why: str | None) -> str:
    pattern = match.entry.pattern
    short = pattern if len(pattern) <= WIDEST else f"{pattern[: WIDEST - 3]}..."
    counts = "" if why is None else f" - does not count: {why}"
    place = f"{match.by}, line {match.entry.line}, {match.entry.match} {short!r}"
    return f"{match.label}: {text[match.start : match.end]!r} by {place}{counts}"


def _no_label(match: "Match", folded: str) -> str | None:
    """Say why a match is no marker although its words stand there; None where it is one."""
    from discourse.analysis.rhetoric.name_calling import is_name_calling  # noqa: PLC0415

    if match.lexicon.name == "questions" and "?" not in folded[match.end :]:
        return "no question mark follows"
    if match.label != "name_calling" or is_name_calling(match, folded):
        return None
    frame = match.entry.fields.get("frame", "free")
    return f"it is denied, reported or put on nobody by the words around it (frame {frame})"


def _page_lines(marker: str, lexicons: "Lexicons", page: "MarkerPage | None") -> list[str]:
    makers = [lexicon for lexicon in lexicons.by_name.values() if marker in lexicon.labels]
    definition = page.definition if page else makers[0].labels[marker]
    lines = [f"{marker}: {definition}"]
    if page:
        lines += [f"  yes: {text}" for text in page.yes] + [f"  no:  {text}" for text in page.no]
        lines.append(f"confused with: {page.confused}")
    lines += [f"measured: {clause}" for clause in _measured(marker, page)]
    for lexicon in makers:
        entries = [entry for entry in lexicon.entries if entry.label == marker]
        lines.append(
            f"made by: {lexicon.maker}, {len(entries)} entries, {lexicon.licence}; source: {lexicon.source}"
        )
        lines += [f"  yes: {entry.hit}  no: {entry.miss}" for entry in _spread(entries)]
    lines += [f"made by: {rule}" for rule in (page.rules if page else ())]
    return lines + _model_lines(marker)


def _spread(entries: "Sequence[Entry]") -> "Sequence[Entry]":
    """Return so many entries as are shown, from all parts of the lexicon."""
    return entries[:: -(-len(entries) // SHOWN)] if entries else ()


def _measured(marker: str, page: "MarkerPage | None") -> list[str]:
    from discourse.learn.figures import error_rates  # noqa: PLC0415

    clauses = error_rates().get(marker, "").split("; ")
    if page and page.precision is not None:
        clauses.append(f"precision {page.precision:.2f}, {page.judged} passages judged, on {page.on}")
    return [clause for clause in clauses if clause] or ["nothing yet; take each passage for a guess"]


def _model_lines(marker: str) -> list[str]:
    from discourse.learn.rhetoric import VERSION, of_comments, shipped  # noqa: PLC0415

    known, alone = shipped().markers.get(marker), of_comments().markers.get(marker)
    uses = []
    if alone and alone.is_on:
        uses.append((alone, f"in `discourse analyze`, from a share of {alone.least:.2f}"))
    if shared := known or alone:
        uses.append((shared, "its share in `discourse label`"))
    lines = []
    for model, use in uses:
        lines.append(f"made by: model:{model.family}@{VERSION}, {use}")
        lines += [f"  measured: {clause}" for clause in model.measured.split("; ")]
    return lines
