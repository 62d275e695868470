"""The formats that labelled data leaves in and comes back from."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Corpus
from discourse.exchange.found import FoundPost

Writer = Callable[[Corpus, Path, "ExportOptions"], "Written"]
Reader = Callable[[Path], Iterator[FoundPost]]


class ExportOptions(Struct, frozen=True, kw_only=True):
    """What a user may say of an export.

    Parameters
    ----------
    spreadsheet_safe
        Write CSV in which no spreadsheet runs a cell as a formula.
    licence
        Of the input, as the user names it; None where nothing is known.
    title
        What the export is called in its card.
    """

    spreadsheet_safe: bool = False
    licence: str | None = None
    title: str = "Comments labelled by discourse"


class Written(Struct, frozen=True, kw_only=True):
    """What a writer tells of what it wrote, for the data card.

    Parameters
    ----------
    how
        Markdown: what the files hold, what is left out, and how to open them, with a line of code.
    front
        More fields for the YAML at the card's top (Hugging Face's `configs`, say).
    """

    how: str
    front: Mapping[str, object] = field(default_factory=dict)


class Format(Struct, frozen=True, kw_only=True):
    """One format.

    Parameters
    ----------
    name
        As `--to` and `--from` take it.
    what
        One line for people: what opens it.
    module
        Where `write(corpus, folder, options)` and, for one that comes back, `read(path)` stand. `write` fills
        an empty folder; `read` yields what a file or folder says, post by post.
    main
        The one file that holds it all, where there is one: then `--out` may name a file.
    comes_back
        Whether `discourse import` reads it.
    is_csv
        Whether spreadsheets open it, so that `spreadsheet_safe` means something.
    needs
        The package beyond our own that it takes, and the extra that brings it.
    """

    name: str
    what: str
    module: str
    main: str | None = None
    comes_back: bool = False
    is_csv: bool = False
    needs: tuple[str, str] | None = None

    def writer(self) -> Writer:
        """Return what writes it.

        Raises
        ------
        DiscourseError
            Where a package is missing.
        """
        found: Writer = self._function("write")
        return found

    def reader(self) -> Reader:
        """Return what reads it; see `writer`."""
        found: Reader = self._function("read")
        return found

    def _function(self, name: str) -> Any:
        try:
            return getattr(import_module(f"discourse.exchange.{self.module}"), name)
        except ModuleNotFoundError as error:
            if self.needs is None or error.name != self.needs[0]:
                raise
            package, extra = self.needs
            raise DiscourseError(
                where=self.name,
                problem=f"this format needs the package {package}, which is not installed",
                fix=f"Install it: pip install 'discourse-analyzer[{extra}]'",
            ) from error


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            name="csv",
            what="posts, labels and one wide table, as CSV",
            module="plain.csv",
            comes_back=True,
            is_csv=True,
        ),
        Format(
            name="jsonl",
            what="one post a line with its labels",
            module="plain.jsonl",
            main="posts.jsonl",
            comes_back=True,
        ),
        Format(name="parquet", what="the tables of `csv`, for pandas, R, DuckDB", module="plain.parquet"),
        Format(name="huggingface", what="a folder for `datasets.load_dataset`", module="huggingface"),
        Format(
            name="label-studio",
            what="tasks with predictions and labelling configurations",
            module="label_studio",
            comes_back=True,
        ),
        Format(
            name="doccano",
            what="sequence labelling, JSONL",
            module="doccano",
            main="doccano.jsonl",
            comes_back=True,
        ),
        Format(
            name="inception",
            what="UIMA CAS XMI with its type system, for INCEpTION",
            module="inception",
            comes_back=True,
            needs=("cassis", "inception"),
        ),
        Format(name="brat", what="standoff annotation", module="brat", comes_back=True),
        Format(name="convokit", what="a ConvoKit corpus", module="convokit"),
        Format(name="spacy", what="JSON lines that become a DocBin", module="spacy"),
        Format(name="fasttext", what="__label__ lines", module="fasttext"),
        Format(name="svmlight", what="feature vectors with names, for scikit-learn", module="svmlight"),
        Format(
            name="gexf",
            what="networks of replies, agreement and quotations, for Gephi",
            module="networks.gexf",
        ),
        Format(name="graphml", what="the same networks as GraphML", module="networks.graphml"),
        Format(name="polis", what="posts as statements, answers as votes", module="polis", is_csv=True),
        Format(
            name="sqlite",
            what="a database with full-text search, for Datasette",
            module="sqlite",
            main="discourse.db",
        ),
    )
}


def format_named(name: str, *, comes_back: bool = False) -> Format:
    """Return a format by its name.

    Raises
    ------
    DiscourseError
        Where there is none of that name, or it does not come back; it lists those that there are.
    """
    known = [one.name for one in FORMATS.values() if one.comes_back or not comes_back]
    if name.casefold() not in known:
        raise DiscourseError(
            where="--from" if comes_back else "--to",
            problem=f"there is no format {name[:40]!r}" + (" that is read" if comes_back else ""),
            fix=f"Take one of {', '.join(known)}",
        )
    return FORMATS[name.casefold()]
