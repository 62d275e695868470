"""A whole run over a dump: dealt out, analysed part by part, summed up; it goes on where it was stopped."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.ingest.files import hash_of
from discourse.pipeline import Settings, folder_names, record_for
from discourse.privacy import check_apart
from discourse.provenance import RECORD, sha256_of
from discourse.results import PRINTED, REPORT
from discourse.scale.data_sets import OF_PARTS, arrow_of, read_part_of, write_part
from discourse.scale.jobs import MARKERS, WORK, Done, Engine, Job, Task, file_of, marker_of
from discourse.scale.lock import NAME as LOCK
from discourse.scale.lock import alone, check_free
from discourse.scale.memory import forget
from discourse.scale.places import Place, is_address
from discourse.scale.shuffling import Dealt, Dump, dealt_at, digest_of, open_all, shuffle
from discourse.scale.stored import PAGES
from discourse.scale.summarising import FOLDER, write_summary
from discourse.scale.telling import Report, silent
from discourse.tables import CONTRACT

OURS = frozenset({RECORD, REPORT, PRINTED, FOLDER, "threads", PAGES, MARKERS, WORK, LOCK, *CONTRACT})
_PLAN = f"{WORK}/plan.json"
_SHUFFLE = f"{WORK}/threads"
# bytes of a dump, unpacked, that make a part: some 10,000 posts, held at once when it is written
_PART = 1 << 22
_PACKED = {
    ".gz": 4,
    ".tgz": 4,
    ".zip": 4,
    ".parquet": 4,
    ".bz2": 5,
    ".zst": 6,
    ".xz": 6,
}  # by how much text shrinks, about
READ = "part-read"  # the part of `faults` that reading the dump has left
_LAYOUT = 1  # raised when the files of a run change their form


class DumpRun(Struct, frozen=True):
    """What became of a run over a dump."""

    out: Place
    posts: int
    threads: int
    parts: int
    analysed: int  # posts that were analysed now; the others stood there from an earlier run
    faults: int


def run_dump(
    sources: Sequence[str],
    *,
    out: str,
    settings: Settings,
    engine: Engine,
    parts: int | None = None,
    resume: bool = False,
    report: Report = silent,
) -> DumpRun:
    """Analyse a dump of any size, and write Parquet data sets and a summary below `out`.

    Memory is that of one part and one batch of it for each worker. A run that was stopped goes on with
    `resume`; one over a dump that has grown since analyses the threads that are new or have changed.

    Parameters
    ----------
    sources
        Files of the dump, in order: paths, or addresses of any protocol that fsspec knows.
    out
        A folder, the same.
    parts
        Into how many parts the dump is dealt out; by its size where none is given, and as before in a folder
        where a run stands.

    Raises
    ------
    DiscourseError
        Where a source cannot be read, `out` cannot be written, or a run with other settings stands there.
    """
    place = Place(out if is_address(out) else str(Path(out).absolute()))  # workers may stand elsewhere
    settings = _everywhere(settings)
    check_free(place)
    with _fetched(sources) as dumps:
        open_all(dumps, settings.columns)  # before the work, and before anything is changed
        plan = _planned(place, dumps, settings, parts=parts, resume=resume)
        if (known := _finished(place, plan, digest_of(dumps, plan["parts"]))) is not None:
            _tidy(place)
            return known
        with alone(place):
            return _run(place, plan, dumps, settings, engine, report)


def _run(  # noqa: PLR0917
    place: Place,
    plan: Mapping[str, Any],
    dumps: Sequence[Dump],
    settings: Settings,
    engine: Engine,
    report: Report,
) -> DumpRun:
    place.write(_PLAN, json.dumps(plan).encode())
    try:
        dealt = _dealt(dumps, place, plan["parts"], settings, report)
    except DiscourseError:
        if not place.names(MARKERS):  # nothing was done yet: the mended command may begin anew
            place.remove(WORK)
        raise
    place.remove(RECORD)  # what stands there is changed from here on
    place.remove(PAGES)
    done = _analysed(place, dealt, settings, engine, report)
    report("summing up", 0, None)
    forget()  # what the analysis needed makes room for the database
    write_part(place, "faults", READ, [arrow_of("faults", dealt.read["faults"])])
    write_part(place, "sources", file_of(0), [arrow_of("sources", dealt.read["sources"])])
    record = {**plan["record"], "parts": plan["parts"]}
    _sum_up(place, record)
    place.write(RECORD, (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode())
    _tidy(place)
    return DumpRun(
        place,
        sum(one.posts for one in done),
        sum(one.threads for one in done),
        plan["parts"],
        sum(one.analysed for one in done),
        len(dealt.read["faults"]) + sum(one.faults for one in done),
    )


def _everywhere(settings: Settings) -> Settings:
    """Return settings that mean the same to a process that stands in another folder."""
    files = {name: getattr(settings, name) for name in ("lexicons", "pseudonyms")}
    return replace(settings, **{name: path and path.absolute() for name, path in files.items()})


def _analysed(place: Place, dealt: Dealt, settings: Settings, engine: Engine, report: Report) -> list[Done]:
    key = settings.key.fingerprint if settings.key is not None else None
    job = Job(dealt.shuffled, place, replace(settings), key)  # a copy: what was read for them is not sent
    tasks = [Task(part, dealt.slices(part)) for part in range(dealt.shuffled.parts)]
    done = list(_reported(engine(job, tasks), sum(dealt.sizes), report))
    if {one.part for one in done} != {task.part for task in tasks}:
        raise RuntimeError("an engine has left parts out")  # our bug, never the user's
    return done


def _sum_up(place: Place, record: Mapping[str, Any]) -> None:
    with place.here(("sources", *OF_PARTS)) as run:
        write_summary(run, record)
        if not place.is_local:
            for path in (run / REPORT, *sorted((run / FOLDER).iterdir())):
                place.write(path.relative_to(run).as_posix(), path.read_bytes())


def _tidy(place: Place) -> None:
    """Take away what only an unfinished run needs, and what processes had begun to write that were killed."""
    place.remove(WORK)
    place.remove_unfinished()


def _reported(done: Iterator[Done], total: int, report: Report) -> Iterator[Done]:
    posts = 0
    report("analysing", posts, total)
    for one in done:
        posts += one.posts
        report("analysing", posts, total)
        yield one


@contextmanager
def _fetched(sources: Sequence[str]) -> Iterator[list[Dump]]:
    """Give the files of a dump on this machine; those from elsewhere are copied, and go in the end."""
    with TemporaryDirectory(prefix="discourse-") as folder:
        names = _names_of(sources)
        dumps = []
        for source, name in zip(sources, names, strict=True):
            path = Path(source)
            if is_address(source):
                at, _, file = source.rpartition("/")
                path = Path(folder) / name / file
                path.parent.mkdir()
                _fetch(at, file, path)
            # by its name: a dump that has grown is still the same dump
            source_id = sha256_of(name.encode())[:12]
            dumps.append(Dump(source, path, source_id, hash_of(path)))
        yield dumps


def _names_of(sources: Sequence[str]) -> list[str]:
    return folder_names([Path(source.rpartition("/")[2] or source) for source in sources])


def _fetch(at: str, file: str, path: Path) -> None:
    try:
        Place(at).fetch(file, path)
    except FileNotFoundError as error:
        raise DiscourseError(
            where=f"{at}/{file}", problem="there is no such file", fix="Check the name"
        ) from error


def _planned(
    place: Place, dumps: Sequence[Dump], settings: Settings, *, parts: int | None, resume: bool
) -> dict[str, Any]:
    """Return what is to be done, where it may be done there."""
    _check_private(place, settings)
    record = record_for([{"uri": dump.address, "sha256": dump.sha256} for dump in dumps], settings)
    # of a run that had not begun nothing is kept
    names = [name for name in place.names() if name not in (WORK, LOCK)]
    kept = place.read(RECORD) or place.read(_PLAN)
    if kept is None and names:
        foreign = ", ".join([name for name in names if name not in OURS][:3] or names[:3])
        raise DiscourseError(
            where=place.address,
            problem=f"the results would go here, and no earlier run wrote {foreign}",
            fix="Move that away or give another --out",
        )
    plan = {"layout": _LAYOUT, "parts": parts or _parts_for(dumps), "record": record}
    if kept is None:
        return plan
    told = json.loads(kept)
    if "record" not in told:  # a finished run's own record
        told = {"layout": _LAYOUT, "parts": told["parts"], "record": told}
    elif not resume:
        raise DiscourseError(
            where=place.address,
            problem="a run stands here that was not finished",
            fix="Go on with --resume, or give another --out",
        )
    plan["parts"] = parts or told["parts"]
    _check_same(place, plan, told)
    return plan


def _check_private(place: Place, settings: Settings) -> None:
    if settings.pseudonyms is None:
        return
    if place.is_local:
        check_apart(settings.pseudonyms, within=[place.path])
    if settings.targets.targets:
        raise DiscourseError(
            where="--target",
            problem="with --pseudonyms the record of a dump would hold the names of its targets as they are",
            fix="Leave one of them out",
        )


def _check_same(place: Place, plan: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Make sure that parts of one run are not mixed with those of another, nor lost to it."""
    here, there = (set(_names_of([source["uri"] for source in p["record"]["sources"]])) for p in (plan, told))
    if gone := sorted(there - here):
        raise DiscourseError(
            where=place.address,
            problem=f"a run over {gone[0]!r} stands here, which is not among the sources",
            fix="Give another --out, or that source too",
        )
    ours, theirs = _makers(plan), _makers(told)
    differing = sorted(key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key))
    if differing:
        raise DiscourseError(
            where=place.address,
            problem=f"a run stands here that was made otherwise ({', '.join(differing)})",
            fix="Give another --out, or the same options and version",
        )


def _finished(place: Place, plan: Mapping[str, Any], digest: str) -> DumpRun | None:
    """Return what stands there already, where it was made of just this dump, in this order."""
    kept = place.read(RECORD)
    if kept is None or json.loads(kept)["run_id"] != plan["record"]["run_id"]:
        return None
    parts = range(plan["parts"])
    told = [json.loads(place.read(marker_of(part)) or b"null") for part in parts]
    if not all(one and one["shuffle"] == digest for one in told):
        return None
    faults = sum(read_part_of(place, "faults", file).shape[0] for file in [*map(file_of, parts), READ])
    return DumpRun(
        place, sum(t["posts"] for t in told), sum(t["threads"] for t in told), len(told), 0, faults
    )


def _makers(plan: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        key: value for key, value in plan["record"].items() if key not in ("run_id", "sources", "parts")
    }
    return {**record, "parts": plan["parts"], "layout": plan["layout"]}


def _parts_for(dumps: Sequence[Dump]) -> int:
    size = sum(dump.path.stat().st_size * _PACKED.get(dump.path.suffix.lower(), 1) for dump in dumps)
    return max(1, -(-size // _PART))


def _dealt(dumps: Sequence[Dump], place: Place, parts: int, settings: Settings, report: Report) -> Dealt:
    at = place.below(_SHUFFLE)
    known = dealt_at(at, digest_of(dumps, parts))
    return known or shuffle(dumps, at, parts=parts, columns=settings.columns, report=report)
