"""A user's own folder of lexicons: checked, and joined with ours."""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from discourse.errors import LexiconError
from discourse.lexicon.files import lexicon_folder, lexicon_names, load_lexicons
from discourse.lexicon.matching import Lexicon, Lexicons
from discourse.lexicon.pages import load_pages


def load_user_lexicons(folder: Path) -> Lexicons:
    """Read the lexicons of a user's folder: pairs of `NAME.toml` and `NAME.csv`, one a marker or more.

    A label may be one of ours only under our own definition: then its entries join ours.

    Raises
    ------
    LexiconError
        Where the folder is none or holds no lexicon, a file is faulty, a lexicon bears the
        name of one of ours, or a label is defined twice in different words.
    """
    if not folder.is_dir():
        raise LexiconError(
            where=str(folder),
            problem="this is no folder",
            fix="Name the folder that holds NAME.toml and NAME.csv",
        )
    if not lexicon_names(folder):
        raise LexiconError(
            where=str(folder),
            problem="no lexicon (NAME.toml with NAME.csv) stands here",
            fix="Check the name of the folder",
        )
    ours = load_lexicons()
    if folder.resolve() == lexicon_folder().resolve():
        return ours
    theirs = load_lexicons(folder)
    defined = {label: lexicon for lexicon in ours.by_name.values() for label in lexicon.labels}
    for lexicon in theirs.by_name.values():
        if lexicon.name in ours.by_name:
            raise _clash(
                lexicon, f"a lexicon of ours is called {lexicon.name!r} too", "Give the pair another name"
            )
        for label, definition in lexicon.labels.items():
            first = defined.setdefault(label, lexicon)
            if first.labels[label] != definition:
                problem = f"label {label!r} is defined otherwise by {first.name}: {first.labels[label]!r}"
                raise _clash(lexicon, problem, "Give the label another name, or that definition")
    return theirs


def load_with_user(folder: Path | None, names: Collection[str] | None = None) -> Lexicons:
    """Return our lexicons, all or those named, and after them those of a user's folder; None adds none."""
    ours = load_lexicons(names=names)
    if folder is None:
        return ours
    theirs = load_user_lexicons(folder)
    return Lexicons([*ours.by_name.values(), *theirs.by_name.values()])


def meanings(folder: Path | None = None) -> dict[str, str]:
    """Return what each marker marks: ours in the order of the codebook, then those of a user's folder.

    A page of the user's `markers.toml` says it before the lexicon that defines the label.
    """
    told = {label: page.definition for label, page in load_pages().items()}
    if folder is not None:
        for lexicon in load_user_lexicons(folder).by_name.values():
            told = {**lexicon.labels, **told}
        told |= {label: page.definition for label, page in load_pages(folder).items()}
    ours = load_pages()
    return {label: told[label] for label in (*ours, *(label for label in told if label not in ours))}


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a user's lexicons, by file name."""
    files = (folder / f"{name}{ending}" for name in lexicon_names(folder) for ending in (".toml", ".csv"))
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def _clash(lexicon: Lexicon, problem: str, fix: str) -> LexiconError:
    return LexiconError(where=str(lexicon.path.with_suffix(".toml")), problem=problem, fix=fix)
