"""Label Studio: tasks with labelling configurations out, what people did in it back in."""

from collections.abc import Iterator
from pathlib import Path

from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.found import FoundPost
from discourse.exchange.label_studio.reading import read_tasks
from discourse.exchange.label_studio.writing import write_tasks


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write tasks of single posts and of conversations, each with its labelling configuration."""
    return write_tasks(corpus, folder, options)


def read(path: Path) -> Iterator[FoundPost]:
    """Yield what an export of Label Studio (JSON or JSON-MIN), or the tasks themselves, say of each post."""
    return read_tasks(path)
