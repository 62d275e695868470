"""The secret that makes pseudonyms: one file, which the user keeps apart from the results."""

import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.replacing import unwritable

_BYTES = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_EVERYBODY = stat.S_IROTH | stat.S_IWOTH
_LONGEST = 1_000  # bytes of a key file that are looked at
_FINGERPRINT = b"\0fingerprint"  # no author's name: those hold no NUL before a word
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_REST = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Key:
    """What turns a name into a pseudonym; whoever has it can tell whether a pseudonym is a certain name's."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that tell one key from another, and nothing else of it."""
        return hmac.new(self.secret, _FINGERPRINT, sha256).hexdigest()[:8]

    def token(self, name: str) -> str:
        """Return the pseudonym of a name, such as "LusabBabad7k": one word of letters and digits, 42 bits.

        Two words of proquint form (Wilkerson, D. (2009), A proposal for proquints, arXiv:0901.4016), then
        two signs more. The same key and name give the same token everywhere.
        """
        digest = hmac.new(self.secret, name.encode("utf-8", "replace"), sha256).digest()
        bits = int.from_bytes(digest[:6], "big") >> 6
        return f"{_word(bits >> 26)}{_word(bits >> 10 & 0xFFFF)}{_REST[bits >> 5 & 31]}{_REST[bits & 31]}"


def _word(bits: int) -> str:
    """Write sixteen bits as a syllable and a half."""
    shapes = ((_CONSONANTS, 12, 15), (_VOWELS, 10, 3), (_CONSONANTS, 6, 15), (_VOWELS, 4, 3))
    letters = "".join(signs[bits >> shift & mask] for signs, shift, mask in shapes)
    return (letters + _CONSONANTS[bits & 15]).capitalize()


def check_apart(key: Path, *, within: Iterable[Path], beside: Iterable[Path] = ()) -> None:
    """Make sure that the file of a key does not lie, and would not lie, among results.

    Parameters
    ----------
    within
        Folders of results: it may stand nowhere in them.
    beside
        Folders that hold results among other things: it may not stand right in them.

    Raises
    ------
    DiscourseError
        Where it does, or would, or a link there leads to it.
    """
    places = (key.resolve(), key.parent.resolve() / key.name)
    among = [folder for folder in within if any(folder.resolve() in place.parents for place in places)]
    among += [folder for folder in beside if any(folder.resolve() == place.parent for place in places)]
    if among:
        raise DiscourseError(
            where=str(key),
            problem="the key would lie among the results, and whoever gets them could test names with it",
            fix=f"Keep it outside {among[0]}",
        )


def key_at(path: Path) -> Key:
    """Read the key that a file holds; where there is no such file, make one that its owner alone may read.

    A file that is there is never written to. One that everybody on this machine may read is refused rather
    than warned about: pseudonyms are worth what their key is, and a warning in the midst of a long run goes
    unseen. A group may share one.

    Raises
    ------
    DiscourseError
        Where the file holds no key, is open to everybody, or can neither be read nor made.
    """
    try:
        return Key(_made(path) if not os.path.lexists(path) else _read(path))
    except FileExistsError:  # somebody else made it in between
        return Key(_read(path))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST).decode("ascii", "replace").strip()
            mode = os.fstat(file.fileno()).st_mode
    except OSError as error:
        raise DiscourseError(
            where=str(path),
            problem=f"the key cannot be read ({error.strerror or error})",
            fix="Name a key file, or a name that is free, where a new key will be made",
        ) from error
    if _HEX.fullmatch(content) is None:
        raise DiscourseError(
            where=str(path),
            problem="it holds no key for pseudonyms, which is 64 hex digits",
            fix="Name another file, or a name that is free, where a new key will be made",
        )
    if os.name == "posix" and mode & _EVERYBODY:
        raise DiscourseError(
            where=str(path),
            problem="everybody on this machine may read or change the key, and so test names with it",
            fix="Take that right away (chmod 600), or name a copy that is yours alone",
        )
    return bytes.fromhex(content)


def _made(path: Path) -> bytes:
    secret = secrets.token_bytes(_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _fill(path, handle, secret.hex() + "\n")
    except FileExistsError:
        raise
    except OSError as error:
        raise unwritable(path, error, "Name a place for the key that can be written") from error
    return secret


def _fill(path: Path, handle: int, content: str) -> None:
    """Write a file that was just made; where that fails, nothing is left of it."""
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)
    except BaseException:  # half a key would be taken for somebody's own file the next time
        path.unlink(missing_ok=True)
        raise
