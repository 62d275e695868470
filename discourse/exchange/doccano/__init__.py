"""doccano: JSON lines of sequence labelling out, and what its annotators made of them back in."""

from collections.abc import Iterator
from pathlib import Path

from discourse.exchange.corpus import Corpus
from discourse.exchange.doccano.reading import read_documents
from discourse.exchange.doccano.writing import write_documents
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.found import FoundPost


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write one post a line."""
    return write_documents(corpus, folder, options)


def read(path: Path) -> Iterator[FoundPost]:
    """Yield what an export of doccano, or the file that went out, says of each post."""
    return read_documents(path)
