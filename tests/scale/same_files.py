"""Do two folders hold the same files? Names and bytes count, and nothing else: no times, no rights."""

import hashlib
from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, hidden ones too, by its path from there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Name the files that are in one alone or not the same in both; none where the folders are the same."""
    return [
        *(f"{name} is missing" for name in sorted(one.keys() - other.keys())),
        *(f"{name} is there besides" for name in sorted(other.keys() - one.keys())),
        *(f"{name} differs" for name in sorted(one.keys() & other.keys()) if one[name] != other[name]),
    ]
