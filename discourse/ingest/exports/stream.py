"""An export that was opened: its posts in batches, and what was found out while reading them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import ByteStream, open_stream
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
from discourse.ingest.exports.csvrows import UNCLOSED
from discourse.ingest.exports.delimited import read_delimited
from discourse.ingest.exports.encodings import encoding_of
from discourse.ingest.exports.entering import entry_of, within
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.formats import HEAD, ExportFormat
from discourse.ingest.exports.ledger import REMEMBERED
from discourse.ingest.exports.lines import read_lines
from discourse.ingest.exports.parquet import read_parquet
from discourse.ingest.exports.picking import ColumnUse, Picker
from discourse.ingest.exports.shapes import Shape
from discourse.ingest.exports.unfold import Unfolder, unfolded
from discourse.ingest.exports.values import Expand, Inner, read_values, skipped
from discourse.ingest.files import hash_of
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
_VARIANTS = {"listing": reddit.LISTING}
_HEAVY = 1 << 26  # bytes of text in a batch, above which it is handed on before it is full
_NEAR = 500  # posts before the end of a batch, among which the end of a thread is looked for first
_FEW = 20  # broken records that are no reason to refuse a file
_BROKEN = ("broken line", "broken record", "broken row", "no object")
_LOSSES = (*_BROKEN, UNCLOSED, "ragged row", "line too long", "broken XML", "cut off", "damage")
_STATING = frozenset(_SHAPES) - {"columns"}


class _Held(Struct):
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
        self,
        path: Path,
        kind: ExportFormat,
        named: Mapping[str, str],
        sha256: str | None = None,
        source_id: str | None = None,
    ) -> None:
        self.path = path
        self.kind = kind
        self._named = dict(named)
        self._sha256 = sha256
        self._source_id = source_id
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
        """First 12 hex digits of `sha256`, where no other id was given."""
        return self._source_id or self.sha256[:12]

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

    def batches(self, size: int = 10_000, remembered: int = REMEMBERED) -> Iterator[Batch]:
        """Yield the posts, at most `size` at a time; fewer where they are long.

        A batch ends where a thread ends, if the file keeps threads together and one fits.

        Parameters
        ----------
        remembered
            How many posts back links and repeated ids are checked, 16 bytes each.

        Raises
        ------
        UnreadableSourceError
            Where the file cannot be read, no field can be told to hold texts, or most of it is broken.
        """
        held = _Held()
        for batch in self._assembled(remembered):
            held.add(batch)
            while len(held) > size or held.is_heavy:
                yield held.cut(size)
        if held.batches:
            yield joined(held.batches)

    def _assembled(self, remembered: int) -> Iterator[Batch]:
        shape = _VARIANTS.get(self.kind.variant, _SHAPES[self.format])
        picker = self._picker = Picker(shape, self._named, str(self.path))
        assembler = Assembler(self.source_id, shape, self._log, remembered)
        self._counts = assembler.counts
        for chunk in self._chunks(shape):
            if len(chunk):
                yield assembler.batch(picker.rows(chunk))
                if self.format == "discourse_topic":
                    self._note_missing(chunk)
            self._check_broken(assembler.counts["posts"])
        assembler.finish()
        self._check_broken(assembler.counts["posts"], least=0)
        if self._damage is not None:
            self._log.add("damage", self.path.name, f"{self._damage}; what stands behind this is lost")
        for kind in (disqus.SPAM, wordpress.SPAM, wordpress.PINGBACK, *_LOSSES):
            if times := self._log.total(kind):
                assembler.counts[kind.partition(",")[0].replace(" ", "_")] = times

    def _chunks(self, shape: Shape) -> Iterator[Chunk]:
        if self.kind.layout == "parquet":
            unfold = Unfolder(self._named)
            for chunk in read_parquet(self.path, self._log):
                yield chunk if shape.fields else unfolded(chunk, unfold)
            return
        stream = self._stream()
        is_array = self.kind.layout == "folder" and stream.head(1) == b"["  # corpora of the first generation
        if self.kind.layout == "lines" or (self.kind.layout == "folder" and not is_array):
            expand, is_lazy = self._expansion(shape)
            yield from read_lines(stream, self._log, expand, is_lazy=is_lazy)
        elif self.kind.layout == "values" or is_array:
            expand, _ = self._expansion(shape)
            yield from read_values(stream, self._log, expand, self._inner(stream, expand))
        elif self.kind.layout == "delimited":
            yield from read_delimited(stream, self._log, self._named)
        else:
            read = disqus.read_posts if self.format == "disqus" else wordpress.read_comments
            yield from read(stream, self._log)
        self._damage = stream.damage

    def _expansion(self, shape: Shape) -> tuple[Expand | None, bool]:
        """Return what takes records apart into posts, and whether it leaves flat ones as they are."""
        if not shape.fields:
            return Unfolder(self._named), True
        if self.kind.variant != "within":
            return shape.expand, False
        unfold, inner = Unfolder(renames=False), shape.expand
        if inner is None:
            return unfold, False
        return lambda record: (post for held in unfold(record) for post in inner(held)), False

    def _inner(self, stream: ByteStream, expand: Expand | None) -> Inner | None:
        """Return how to read a long list within the object that the file begins with, if it does."""
        if not isinstance(expand, Unfolder):
            return None
        head = stream.head(HEAD)
        text = head.decode(*encoding_of(head))
        start, named = skipped(text), self._named.get("text")
        entry = entry_of(text, start, named) if text.startswith("{", start) else None
        return None if entry is None else (entry.at, within(entry, expand, named))

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
