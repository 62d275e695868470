"""A made-up dump: threads about a ferry and a market hall, scattered over the file as in time order."""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_SAYINGS = (
    "The ferry was closed for 4 days, not a week.",
    "No, the ferry was closed for one week. I was there every morning.",
    "You are wrong, it was 4 days. The notice at the pier said so.",
    "I agree with you, the closing lasted one week.",
    "Why should anybody pay for a new market hall?",
    "The market hall is a disgrace, and the mayor knows it perfectly well.",
    "Maybe it is, but I think the mayor did what she could.",
    "> The ferry was closed for one week\n\nThat is simply not true.",
    "What a surprise, another expert on boats 🙂",
    "Everybody knows that the council never listens.",
    "Thanks, that is a fair point.",
    "My brother works on the ferry, and he says it was 4 days.",
    "",
)
_AUTHORS = ("Ardmore", "Brisk Ness", "Cullen", "Dunnet", "Errol", "Fyvie", "Gairloch")


def made_rows(threads: int, *, first: int = 0, seed: int = 7) -> list[Row]:
    """Return the posts of some threads in time order; every third thread goes in circles."""
    rows: list[Row] = []
    for number in range(first, first + threads):
        draw = random.Random(seed * 1_000_003 + number)
        name, size = f"t{number:03d}", draw.randint(6, 12) if number % 3 == 0 else draw.randint(1, 5)
        for place in range(size):
            circling = number % 3 == 0
            rows.append(
                {
                    "id": f"{name}p{place}",
                    "thread_id": name,
                    "reply_to": f"{name}p{place - 1 if circling else draw.randrange(place)}"
                    if place
                    else None,
                    "author": _AUTHORS[place % 2] if circling else draw.choice(_AUTHORS),
                    "text": _SAYINGS[place % 3] if circling else draw.choice(_SAYINGS),
                    "time": 1_600_000_000 + 4_000_000 * (number % 5) + 60 * place + number,
                }
            )
    return sorted(rows, key=lambda row: (row["time"], row["id"]))


def write_dump(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write posts as JSON lines."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, by their names in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
