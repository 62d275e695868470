"""A dataset folder that `datasets.load_dataset(FOLDER)` opens: posts with nested labels, split by thread."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

import pyarrow as pa

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.plain.arrow import ParquetFile, about, fields_of
from discourse.exchange.plain.contents import POSTS_SHEET, label_row, post_row
from discourse.exchange.splitting import testing_threads
from discourse.tables.contract import ANNOTATIONS, CODED

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
_POSTS_A_FILE = 200_000
_HOW = """`data/` holds the posts as Parquet; a row is a post with its fields, the `text_hash` of its text,
the name of its `run`, and two lists: `annotations` (its labels, the machine's and people's together:
`start`, `end`, `layer`, `label`, `target`, `annotator`, `score`, `quote`, `detail`, `also`, `entry`) and
`coded` (who looked for which layer or label in it: no label of theirs there means none).

{splits}

Open it, from within this folder, with

```python
from pathlib import Path

import datasets

posts = datasets.load_dataset(str(Path.cwd()))
```

Claims, loops and stances of authors stay in the run; `--to parquet` writes them."""
_BY_THREAD = """Splits are made of whole threads, by a hash of the thread's id: about 80 % of the threads
for training, 10 % for validation, 10 % for testing, whatever their length ({counts}). A thread stays in its
split when more threads are exported with it. An author may write in threads of several splits."""
_ALL_IN_ONE = """All posts are in `train`: there are too few threads to hold any out, and one that stood in
two splits would test on what it trained on."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write `data/SPLIT-NNNNN.parquet` for each split that has posts."""
    held_out = testing_threads(corpus)
    counts: Counter[Split] = Counter()
    with _Files(folder / "data", pa.schema(_fields(), metadata=about(corpus))) as files:
        for one in corpus.posts():
            split = split_of(one.post.thread_id, held_out)
            files.of(split, counts[split]).add(_row(one))
            counts[split] += 1
    return Written(how=_HOW.format(splits=_told(counts)), front=_front(counts))


class _Files:
    """The file of each split that is written just now; use it in a `with`."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        folder.mkdir()
        self._folder = folder
        self._schema = schema
        self._open: dict[Split, ParquetFile] = {}

    def of(self, split: Split, posts: int) -> ParquetFile:
        """Return the file for the next post of a split, which has so many already."""
        if posts % _POSTS_A_FILE == 0:
            if split in self._open:
                self._open[split].__exit__(None)
            name = f"{split}-{posts // _POSTS_A_FILE:05}.parquet"
            self._open[split] = ParquetFile(self._folder / name, self._schema)
        return self._open[split]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for file in self._open.values():
            file.__exit__(kind)


def split_of(thread_id: str, held_out: frozenset[str]) -> Split:
    """Return a thread's split, by its id alone; those that are held out are for validation or for testing."""
    if thread_id not in held_out:
        return "train"
    last = hashlib.sha256(thread_id.encode("utf-8", "surrogatepass")).digest()[-1]
    return "test" if last % 2 else "validation"


def _fields() -> list[pa.Field]:
    def inside(columns: Any) -> pa.DataType:
        return pa.list_(pa.struct(fields_of([column for column in columns if column.name != "post_id"])))

    nested = [("annotations", ANNOTATIONS.columns), ("coded", CODED.columns)]
    return [*fields_of(POSTS_SHEET.columns), *(pa.field(name, inside(columns)) for name, columns in nested)]


def _row(one: LabelledPost) -> Mapping[str, Any]:
    labels = [label_row(label) for label in one.annotations]
    return {**post_row(one), "annotations": labels, "coded": list(one.coded)}


def _told(counts: Counter[Split]) -> str:
    if len(counts) == 1:
        return _ALL_IN_ONE
    return _BY_THREAD.format(counts=", ".join(f"{name} {counts[name]:,} posts" for name in SPLITS))


def _front(counts: Counter[Split]) -> dict[str, object]:
    files = [{"split": name, "path": f"data/{name}-*.parquet"} for name in SPLITS if counts[name]]
    return {
        "task_categories": ["text-classification", "token-classification"],
        "configs": [{"config_name": "default", "data_files": files}],
    }
