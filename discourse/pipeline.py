"""The whole way: sources in, posts, analysers in order, numbers, report, files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from discourse.analysis.base import Analyzer
from discourse.analysis.registry import ANALYZERS, analyzers_for
from discourse.analysis.stance.given import NOTHING_GIVEN, GivenTargets
from discourse.errors import DiscourseError
from discourse.ingest import read_article, read_source
from discourse.labels.journal import journal_path
from discourse.labels.overruling import Overruling, Review, read_reviews, review_for
from discourse.learn.figures import error_rates
from discourse.learn.second_opinion import AUTO, FAST, MAKER, second_opinion, settled
from discourse.lexicon import digests, lexicon_versions, load_with_user, meanings
from discourse.privacy import Key, Pseudonyms, check_apart, key_at, without_texts
from discourse.provenance import run_record
from discourse.report import IndexEntry, Overview
from discourse.results import (
    INDEX,
    REPORT,
    check_index,
    check_target,
    make_folder,
    write_index,
    write_result,
)
from discourse.stages import run_stages
from discourse.summary import RUN, summarise
from discourse.tables import Tables

MOST_THREADS = 1000  # of one source, as long as an analysis is held in memory
COMPRESSIONS = (".gz", ".zst", ".bz2", ".xz")


class Settings(Struct, frozen=True, kw_only=True, dict=True):
    """What a user may set for an analysis; all of it stands in `run.json`.

    Parameters
    ----------
    columns
        Which fields of an export hold what (see `ingest.read_source`).
    targets
        What the user says of targets.
    lexicons
        A folder of the user's own lexicons, used beside ours.
    context
        Files whose articles are read beside every source (see `ingest.read_article`).
    pseudonyms
        The file of the key that makes pseudonyms, made where it is missing; None for names as they are.
    verbatim
        Whether results hold what people wrote.
    reviews
        Journals of people's decisions, or runs beside which they stand: they overrule the machine.
    labels
        Who makes the labels: one of `learn.second_opinion.CHOICES`. `auto` is settled for each source by
        how many posts it holds.
    """

    seed: int = 0
    columns: Mapping[str, str] | None = None
    targets: GivenTargets = NOTHING_GIVEN
    lexicons: Path | None = None
    context: tuple[Path, ...] = ()
    pseudonyms: Path | None = None
    verbatim: bool = True
    reviews: tuple[Path, ...] = ()
    labels: str = FAST

    @cached_property
    def key(self) -> Key | None:
        """The key of the pseudonyms; read, or made, when first asked for.

        Raises
        ------
        DiscourseError
            Where the file holds no key, is open to everybody, or cannot be read or made.
        """
        return None if self.pseudonyms is None else key_at(self.pseudonyms)

    @cached_property
    def analyzers(self) -> tuple[Analyzer, ...]:
        """All analysers, as they are set.

        Raises
        ------
        ModelError
            Where the neural reader is asked for and the extra `[neural]` is not installed.
        """
        return analyzers_for(self.targets, self.lexicons, second_opinion(self.labels))

    def settled_for(self, posts: int) -> "Settings":
        """Return the settings for a source of so many posts."""
        labels = settled(self.labels, posts)
        if labels == self.labels:
            return self
        found = replace(self, labels=labels)
        # files that were read need not be read again, nor keys be made
        found.__dict__.update({name: known for name, known in self.__dict__.items() if name != "analyzers"})
        return found

    @cached_property
    def reviewed(self) -> tuple[Review, ...]:
        """What people decided, a journal a source; read when first asked for.

        Raises
        ------
        DiscourseError
            Where no journal stands there, or two are of one source.
        """
        return tuple(read_reviews(self.reviews))

    @cached_property
    def articles(self) -> Tables:
        """The articles of `context`, each file once; read when first asked for.

        Raises
        ------
        DiscourseError
            Where a file holds no article that can be read.
        """
        found: dict[str, Tables] = {}
        for path in self.context:
            tables = read_article(path)
            found.setdefault(str(tables["sources"]["source_id"].iloc[0]), tables)
        return Tables.concat(found.values())

    def record(self) -> dict[str, object]:
        """Describe them for the run's record; what was left alone is left out."""
        return {
            "seed": self.seed,
            **({"columns": dict(self.columns)} if self.columns else {}),
            **self.targets.settings(),
            **({"lexicons": digests(self.lexicons)} if self.lexicons else {}),
            **({"context": sorted(self.articles["sources"]["sha256"])} if self.context else {}),
            **({"pseudonyms": self.key.fingerprint} if self.key is not None else {}),
            **({} if self.verbatim else {"verbatim": False}),
            **({"reviews": sorted(review.digest for review in self.reviewed)} if self.reviews else {}),
            **({"labels": self.labels, "reader": MAKER} if self.labels != FAST else {}),
        }


DEFAULTS = Settings()
Progress = Callable[[str, str], None]  # called with a source's name and the stage that begins


class Result(Struct, frozen=True):
    """What became of one source."""

    source: Path
    folder: Path | None  # where its report and tables stand; None where nothing was found
    tables: Tables  # as they were written; of one among several sources only what sums it up
    problem: str | None = None  # why nothing was found
    shown: Mapping[str, str] = field(default_factory=dict)  # what the tables call targets that the user named
    labels: str = FAST  # who made the labels, as `auto` was settled


class Run(Struct, frozen=True):
    """What became of all sources of one call."""

    results: tuple[Result, ...]
    index: Path | None  # the overview page of several sources
    older_index: Path | None = None  # one that an earlier run left here, and that this one did not touch
    idle_reviews: tuple[Path, ...] = ()  # journals that are of none of the sources

    @property
    def found(self) -> tuple[Result, ...]:
        """Results of the sources that hold comments."""
        return tuple(result for result in self.results if result.folder is not None)


def run_pipeline(
    sources: Sequence[Path],
    *,
    out: Path,
    settings: Settings = DEFAULTS,
    progress: Progress = lambda _name, _stage: None,
) -> Run:
    """Analyse sources and write one folder for each below `out`.

    A source without comments, or one that cannot be read, is reported in its result and
    stops none of the others.

    Raises
    ------
    DiscourseError
        Where `out` cannot be written, the user's lexicons are faulty, a file of the context
        holds no article, a journal of a review is none or not of the one source given, or the key of the
        pseudonyms is none or would lie among the results.
    """
    load_with_user(settings.lexicons, ())  # before the work, not in the midst of it
    _ = settings.articles, settings.reviewed
    if settings.labels != AUTO:
        _ = settings.analyzers
    if settings.pseudonyms is not None:
        check_apart(settings.pseudonyms, within=[out])
        _ = settings.key
    make_folder(out)
    if len(sources) > 1:
        check_index(out / INDEX)
    found = (
        _result(source, out / name, settings, partial(progress, name), is_alone=len(sources) == 1)
        for source, name in zip(sources, folder_names(sources), strict=True)
    )
    if len(sources) == 1:
        return Run(tuple(found), None, _older_index(out))
    overview = Overview()
    results: list[Result] = []
    for result in found:  # the posts of one source at a time are held
        overview.add(_entry(result))
        results.append(replace(result, tables=_summed_up(result.tables)))
    used = {frozenset(result.tables["sources"]["sha256"]) for result in results if result.folder is not None}
    idle = tuple(review.path for review in settings.reviewed if not any(map(review.sources.issubset, used)))
    if all(result.folder is None for result in results):
        return Run(tuple(results), None, _older_index(out), idle)
    whole = Tables.concat(result.tables for result in results if result.folder is not None)
    record = record_of(whole, settings, [result.shown for result in results])
    write_index(overview.render(record), out / INDEX)
    return Run(tuple(results), out / INDEX, idle_reviews=idle)


def _entry(result: Result) -> IndexEntry:
    name, folder = result.source.name, result.folder
    if folder is None:
        return IndexEntry(name=name, reason=result.problem or "")
    return IndexEntry(name=name, tables=result.tables, href=f"{folder.name}/{REPORT}")


def _summed_up(tables: Tables) -> Tables:
    """Keep what is told of a source when others follow: its record, figures, loops and targets."""
    if "summary" not in tables:
        return Tables()
    summary = tables["summary"]
    frames = {name: tables[name] for name in ("sources", "loops", "targets")}
    # a row a source, for its id
    posts = tables["posts"].drop_duplicates("source_id").assign(text="")
    return Tables({**frames, "posts": posts, "summary": summary[summary["unit_kind"] == RUN[0]]})


def _older_index(out: Path) -> Path | None:
    """Return the overview of an earlier run, which is left as it is; None where none of ours stands there."""
    try:
        check_index(out / INDEX)
    except DiscourseError:
        return None
    return out / INDEX if (out / INDEX).is_file() else None


def _result(
    source: Path, folder: Path, settings: Settings, progress: Callable[[str], None], *, is_alone: bool
) -> Result:
    try:
        progress("reading")
        check_target(folder)  # before the work, not after it
        _check_reviewed(folder, settings.reviewed)
        tables = read_source(source, columns=settings.columns)
        _check_size(tables, str(source))
        tables = with_articles(tables, settings.articles)
        review = review_for(tables, settings.reviewed)
        if is_alone and settings.reviewed and review is None:
            raise _idle(settings.reviewed[0])
        settings = settings.settled_for(len(tables["posts"]))
        tables = analyse(tables, analyzers=settings.analyzers, progress=progress, review=review)
        progress("writing")
        tables, names = private(tables, settings)
        shown = _shown(settings.targets, names)
        write_result(tables, record_of(tables, settings, [shown]), folder)
    except DiscourseError as error:
        return Result(source, None, Tables(), str(error))
    return Result(source, folder, tables, shown=shown, labels=settings.labels)


def _check_reviewed(folder: Path, reviews: Iterable[Review]) -> None:
    """Make sure that a corrected analysis does not take the place of what its review is a review of."""
    beside = journal_path(folder)
    if any(review.path.resolve() == beside for review in reviews):
        raise DiscourseError(
            where=str(folder),
            problem="the corrected analysis would take the place of the run that was reviewed",
            fix="Give another --out",
        )


def _idle(review: Review) -> DiscourseError:
    return DiscourseError(
        where=str(review.path),
        problem="the journal is of another source than the one given",
        fix="Give --with the journal of this source, or leave it out",
    )


def _shown(targets: GivenTargets, names: Pseudonyms | None) -> dict[str, str]:
    words = (word for one in targets.targets for word in (one.name, *one.aliases))
    return {} if names is None else {word: names.text(word) for word in words}


def private(tables: Tables, settings: Settings) -> tuple[Tables, Pseudonyms | None]:
    """Return finished tables as they may be shown, and the pseudonyms that they bear, if any.

    Raises
    ------
    DiscourseError
        Where two authors would share a pseudonym.
    """
    names = None if settings.key is None else Pseudonyms(tables, settings.key)
    tables = tables if names is None else names.tables(tables)
    return (tables if settings.verbatim else without_texts(tables)), names


def with_articles(tables: Tables, beside: Tables) -> Tables:
    """Return a source's tables with the articles that are read beside it; its own article stands once."""
    own = tables.sources_of_posts()
    kept = {
        name: beside[name][~beside[name]["source_id"].isin(own)].reset_index(drop=True)
        for name in ("sources", "articles")
    }
    uris = kept["sources"]["uri"]
    faults = beside["faults"][beside["faults"]["item_id"].isin(uris)].reset_index(drop=True)
    return Tables.concat([tables, Tables({**kept, "faults": faults})]) if len(uris) else tables


def _check_size(tables: Tables, where: str) -> None:
    threads = tables["posts"]["thread_id"].nunique()
    if threads > MOST_THREADS:
        raise DiscourseError(
            where=where,
            problem=f"it holds {threads:,} threads, and an analysis can hold {MOST_THREADS:,}",
            fix="Take fewer of them, or read it alone with `discourse read`",
        )


def analyse(
    tables: Tables,
    *,
    analyzers: Iterable[Analyzer] = ANALYZERS,
    progress: Callable[[str], None] = lambda _stage: None,
    review: Overruling | None = None,
) -> Tables:
    """Run analysers over read tables, in the order in which they need each other, and sum up.

    An analyser that fails on a thread leaves a row in `faults` and no other trace there.

    Parameters
    ----------
    review
        What people decided on the source: it overrules each stage before the next one.
    """
    if review is None:
        tables = run_stages(tables, analyzers, progress=progress)
    else:
        tables = run_stages(review.on_reading(tables), analyzers, progress=progress, after=review.after)
        tables = review.finish(tables)
    progress("summary")
    return tables.replace(**summarise(tables).frames).check("the analysis")


def folder_names(sources: Sequence[Path]) -> list[str]:
    """Name one folder a source: without a compression ending and one more; namesakes get -2, -3 …

    Names that differ in case alone count as the same, since some file systems think so.
    Where several sources share an index page, its name counts as used.
    """
    used = {INDEX} if len(sources) > 1 else set()
    names: list[str] = []
    for source in sources:
        bare = Path(source.stem if source.suffix.lower() in COMPRESSIONS else source.name)
        stem = bare.stem.strip()
        stem = "source" if stem in ("", ".", "..") else stem
        name, number = stem, 1
        while name.casefold() in used:
            number += 1
            name = f"{stem}-{number}"
        used.add(name.casefold())
        names.append(name)
    return names


def record_of(
    tables: Tables, settings: Settings = DEFAULTS, shown: Iterable[Mapping[str, str]] = ()
) -> dict[str, object]:
    """Describe the run that made some tables (see `provenance.run_record`).

    Parameters
    ----------
    shown
        What the tables call targets that the user named: one that is an author, by the pseudonym.
    """
    sources = tables["sources"]
    sources = sources[sources["source_id"].isin(tables.sources_of_posts())]
    rows = [{"uri": str(row["uri"]), "sha256": str(row["sha256"])} for row in sources.to_dict("records")]
    return record_for(rows, settings, shown)


def record_for(
    sources: Sequence[Mapping[str, str]],
    settings: Settings = DEFAULTS,
    shown: Iterable[Mapping[str, str]] = (),
) -> dict[str, object]:
    """Describe a run over some sources, each with its `uri` and `sha256` (see `record_of`)."""
    targets = settings.targets
    for known in shown:
        targets = targets.renamed(partial(_called, known))
    return run_record(
        sources=sources,
        settings={**settings.record(), **targets.settings()},
        makers={
            "analyzers": {analyzer.name: analyzer.version for analyzer in ANALYZERS},
            "lexicons": lexicon_versions(),
            "error_rates": error_rates(),
            "meanings": meanings(settings.lexicons),
        },
    )


def _called(shown: Mapping[str, str], word: str) -> str:
    return shown.get(word, word)
