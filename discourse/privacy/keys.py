"""The secret that makes pseudonyms: one file, which the user keeps apart from the results."""

import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.replacing import unwritable

_BYTES = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}")
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


def key_at(path: Path) -> Key:
    """Read the key that a file holds; where there is no such file, make one that its owner alone may read.

    A file that is there is never written to.

    Raises
    ------
    DiscourseError
        Where the file holds no key, or can neither be read nor made.
    """
    try:
        return Key(_made(path) if not os.path.lexists(path) else _read(path))
    except FileExistsError:  # somebody else made it in between
        return Key(_read(path))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST).decode("ascii", "replace").strip()
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
    return bytes.fromhex(content)


def _made(path: Path) -> bytes:
    secret = secrets.token_bytes(_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
    except FileExistsError:
        raise
    except OSError as error:
        raise unwritable(path, error, "Name a place for the key that can be written") from error
    return secret
