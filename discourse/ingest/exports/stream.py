"""An export that was opened: its posts in batches, and what was found out while reading them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import ByteStream, first_bytes, hash_of, open_stream
from discourse.ingest.exports import (
    columns,
    convokit,
    coral,
    discourse_topic,
    disqus,
    fourcat,
    hackernews,
    reddit,
    wordpress,
)
from discourse.ingest.exports.assembly import Assembler
from discourse.ingest.exports.batches import Batch, joined
from discourse.ingest.exports.chunks import Chunk, coalesce
from discourse.ingest.exports.delimited import read_delimited
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.formats import HEAD, NAMES, ExportFormat, find_export
from discourse.ingest.exports.lines import read_lines
from discourse.ingest.exports.parquet import read_parquet
from discourse.ingest.exports.picking import ColumnUse, Picker
from discourse.ingest.exports.shapes import Shape
from discourse.ingest.exports.values import read_values
from discourse.model import Fault

_SHAPES: dict[str, Shape] = {
    "convokit": convokit.SHAPE,
    "reddit": reddit.SHAPE,
    "disqus": disqus.SHAPE,
    "wordpress": wordpress.SHAPE,
    "discourse_topic": discourse_topic.SHAPE,
    "hackernews": hackernews.SHAPE,
    "coral": coral.SHAPE,
    "fourcat": fourcat.SHAPE,
    "columns": columns.SHAPE,
}
_VARIANTS = {"threads": columns.THREADS, "listing": reddit.LISTING}
_HEAVY = 1 << 26  # bytes of text in a batch, above which it is handed on before it is full
_NEAR = 500  # posts before the end of a batch, among which the end of a thread is looked for first
_FEW = 20  # broken records that are no reason to refuse a file
_BROKEN = ("broken line", "broken record", "broken row", "no object")
_STATING = frozenset(_SHAPES) - {"columns"}


@dataclass(slots=True)
class _Held:
    """Posts that wait for their batch to fill."""

    batches: list[Batch] = field(default_factory=list)
    weight: int = 0  # bytes of text

    def __len__(self) -> int:
        return sum(map(len, self.batches))

    @property
    def is_heavy(self) -> bool:
        return self.weight > _HEAVY and len(self) > 1

    def add(self, batch: Batch) -> None:
        self.batches.append(batch)
        self.weight += batch.weight

    def cut(self, size: int) -> Batch:
        """Take away the first posts, up to the end of a thread where there is one."""
        whole = joined(self.batches)
        at = _end_of_thread(whole, min(size, len(whole)))
        rest = whole.part(at, len(whole))
        self.batches, self.weight = [rest] if len(rest) else [], rest.weight
        return whole.part(0, at)


class Export:
    """One export; read it once, from its beginning to its end.

    Attributes
    ----------
    path
        The file or folder.
    kind
        What it is, how its records lie in it, and what that was told by.
    """

    def __init__(
        self, path: Path, kind: ExportFormat, named: Mapping[str, str], sha256: str | None = None
    ) -> None:
        self.path = path
        self.kind = kind
        self._named = dict(named)
        self._sha256 = sha256
        self._log = FaultLog(path.name)
        self._picker: Picker | None = None
        self._counts: Counter[str] = Counter()
        self._damage: str | None = None

    @property
    def format(self) -> str:
        """Name of the format, one of `formats.NAMES`."""
        return self.kind.name

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes, or of a folder's list of them; in lower-case hex."""
        return self._sha256 or hash_of(self.path)

    @property
    def source_id(self) -> str:
        """First 12 hex digits of `sha256`."""
        return self.sha256[:12]

    @property
    def states_links(self) -> bool:
        """Whether the file says which post each one answers, so that a post without is a root.

        Of a table, known when its first batch was read.
        """
        return self.format in _STATING or (self._picker is not None and self._picker.has("parent"))

    @property
    def faults(self) -> list[Fault]:
        """What went wrong so far: at most a hundred rows of a kind, then one with how many more."""
        return self._log.rows()

    @property
    def columns_used(self) -> list[ColumnUse]:
        """Which field was taken for what so far, in the order in which they appeared."""
        return [] if self._picker is None else self._picker.uses()

    @property
    def counts(self) -> dict[str, int]:
        """Posts, threads and what was cut or left out so far; unknown parents when all was read."""
        return dict(sorted(self._counts.items()))

    def batches(self, size: int = 10_000) -> Iterator[Batch]:
        """Yield the posts, at most `size` at a time; fewer where they are long.

        A batch ends where a thread ends, if the file keeps threads together and one fits.

        Raises
        ------
        UnreadableSourceError
            Where the file cannot be read, no field can be told to hold texts, or most of it is broken.
        """
        held = _Held()
        for batch in self._assembled():
            held.add(batch)
            while len(held) > size or held.is_heavy:
                yield held.cut(size)
        if held.batches:
            yield joined(held.batches)

    def _assembled(self) -> Iterator[Batch]:
        shape = _VARIANTS.get(self.kind.variant, _SHAPES[self.format])
        picker = self._picker = Picker(shape, self._named, str(self.path))
        assembler = Assembler(self.source_id, shape, self._log)
        self._counts = assembler.counts
        for chunk in self._chunks(shape):
            if len(chunk):
                yield assembler.batch(picker.rows(chunk))
                if self.format == "discourse_topic":
                    self._note_missing(chunk)
            self._check_broken(assembler.counts["posts"])
        assembler.finish()
        self._check_broken(assembler.counts["posts"], least=0)
        for kind in (disqus.SPAM, wordpress.SPAM, wordpress.PINGBACK, *_BROKEN):
            if times := self._log.total(kind):
                assembler.counts[kind.partition(",")[0].replace(" ", "_")] = times
        if self._damage is not None:
            self._log.add("damage", self.path.name, f"{self._damage}; what stands behind this is lost")

    def _chunks(self, shape: Shape) -> Iterator[Chunk]:
        if self.kind.layout == "parquet":
            yield from read_parquet(self.path, self._log)
            return
        stream = self._stream()
        is_array = self.kind.layout == "folder" and stream.head(1) == b"["  # corpora of the first generation
        if self.kind.layout == "lines" or (self.kind.layout == "folder" and not is_array):
            yield from read_lines(stream, self._log, shape.expand)
        elif self.kind.layout == "values" or is_array:
            yield from read_values(stream, self._log, shape.expand)
        elif self.kind.layout == "delimited":
            yield from read_delimited(stream, self._log, self._named)
        else:
            read = disqus.read_posts if self.format == "disqus" else wordpress.read_comments
            yield from read(stream, self._log)
        self._damage = stream.damage

    def _stream(self) -> ByteStream:
        if self.kind.layout != "folder":
            return open_stream(self.path)
        found = convokit.utterances_in(self.path)
        if found is None:
            raise UnreadableSourceError(
                where=str(self.path),
                problem="it holds no utterances.jsonl",
                fix="Name a corpus folder of ConvoKit",
            )
        return found

    def _note_missing(self, chunk: Chunk) -> None:
        """Note how many posts a topic lists without holding them."""
        topics = coalesce(chunk, ("thread",))
        for topic, missing in zip(topics, coalesce(chunk, (discourse_topic.MISSING,)), strict=True):
            if missing:
                self._log.add("missing posts", f"topic {topic}", f"{missing} of its posts are not here")
                self._counts["missing_posts"] += missing

    def _check_broken(self, good: int, least: int = _FEW) -> None:
        broken = sum(self._log.total(kind) for kind in _BROKEN)
        if broken > max(good, least):
            raise UnreadableSourceError(
                where=str(self.path),
                problem=f"{broken} of its records are broken, and {good} are not",
                fix="Check that it is what its name says, or fetch it again",
            )


def _end_of_thread(batch: Batch, most: int) -> int:
    """Return how many posts to hand on: up to the last change of thread, or all where there is none."""
    if most == len(batch):
        return most
    for start in (max(0, most - _NEAR), 0):
        threads = batch.thread_ids[start : most + 1].to_pylist()
        for place in range(len(threads) - 1, 0, -1):
            if threads[place] != threads[place - 1]:
                return start + place
    return most


def open_export(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    sha256: str | None = None,
) -> Export:
    """Open an export; nothing but its first bytes is read yet.

    Parameters
    ----------
    columns
        Which fields hold what: our names (author, text, id, parent, thread, time) to theirs; they
        win over what is told by name.
    format
        One of `formats.NAMES`, where it is known better than from the file.
    sha256
        Of the file, where the caller has it; else it is read once more for it.

    Raises
    ------
    UnreadableSourceError
        Where it is no export, or cannot be opened.
    """
    if format is not None and format not in NAMES:
        raise UnreadableSourceError(
            where=str(path), problem=f"there is no format {format!r}", fix=f"Use one of {', '.join(NAMES)}"
        )
    head = b"" if path.is_dir() else first_bytes(path, HEAD)
    kind = find_export(path, head)
    if format is not None or (kind is None and columns is not None):
        kind = _as_told(path, head, kind, format or "columns")
    if kind is None:
        raise UnreadableSourceError(
            where=str(path),
            problem="it is no export that is known",
            fix="Name its columns with --columns text=NAME,…",
        )
    return Export(path, kind, columns or {}, sha256)


def _as_told(path: Path, head: bytes, found: ExportFormat | None, name: str) -> ExportFormat:
    """Return the format that the user names, laid out as it was found or as such files are."""
    reason = "named by the user"
    if found is not None:
        variant = found.variant if found.name == name else ""
        return ExportFormat(name, found.layout, reason, variant)
    if name in ("disqus", "wordpress"):
        return ExportFormat(name, "xml", reason)
    if name == "convokit" and path.is_dir():
        return ExportFormat(name, "folder", reason)
    start = open_stream(path).head(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return ExportFormat(name, "lines", reason)
    return ExportFormat(name, "values" if start == b"[" else "delimited", reason)
