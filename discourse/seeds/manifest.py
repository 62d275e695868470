"""Which documents there are, and how copies of them get into place."""

import shutil
import tomllib
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.provenance import sha256_of


class Document(Struct, frozen=True):
    """One document of the manifest."""

    name: str
    sha256: str
    what: str
    expect: str  # "comments" or "no comments"
    gold: str | None = None  # file with its facts, beside the manifest


def seed_folder() -> Path:
    """Return the folder of the manifest and the gold: the wheel's copy, else the repository's."""
    packaged = Path(str(files("discourse"))) / "_data" / "seeds"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "seeds"


def read_manifest() -> list[Document]:
    """Return the documents in the manifest's order."""
    text = (seed_folder() / "SOURCES.toml").read_text(encoding="utf-8")
    return [Document(**document) for document in tomllib.loads(text)["document"]]


def add_seeds(folder: Path, into: Path) -> list[Path]:
    """Check copies of all documents against the manifest, then put them in place.

    Returns
    -------
    list of Path
        Where they stand now. Nothing is copied unless every document is there and right.

    Raises
    ------
    DiscourseError
        Naming the first document that is missing or differs.
    """
    documents = read_manifest()
    for document in documents:
        _check(document, folder)
    into.mkdir(parents=True, exist_ok=True)
    placed = []
    for document in documents:
        source, goal = folder / document.name, into / document.name
        if not (goal.exists() and goal.samefile(source)):
            shutil.copyfile(source, goal)
        placed.append(goal)
    return placed


def _check(document: Document, folder: Path) -> None:
    path = folder / document.name
    if not path.is_file():
        raise DiscourseError(
            where=str(path),
            problem=f"this document is missing ({document.what})",
            fix="Give the folder that holds all documents of seeds/SOURCES.toml",
        )
    if sha256_of(path.read_bytes()) != document.sha256:
        raise DiscourseError(
            where=str(path),
            problem="its SHA-256 is not that of the manifest, so expectations would not fit it",
            fix="Get an unchanged copy",
        )
