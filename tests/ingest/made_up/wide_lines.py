"""What happens to all lines of a page at once, and to the truth with them."""

from typing import Any


def spread_out(lines: list[str]) -> tuple[list[str], dict[int, int]]:
    """The lines with an empty one after each that is not empty; and where each line (from 1) went."""
    found: list[str] = []
    moved: dict[int, int] = {}
    for i, line in enumerate(lines, start=1):
        found.append(line)
        moved[i] = len(found)
        if line:
            found.append("")
    return found, moved


def move(post: dict[str, Any], moved: dict[int, int]) -> None:
    """Put a row of the truth at the new places of its lines."""
    text = dict(enumerate(post["text"].split("\n"), start=post["body_start"]))
    first, last = moved[post["body_start"]], moved[post["end"]]
    placed = {moved[i]: line for i, line in text.items()}
    post["text"] = "\n".join(placed.get(i, "") for i in range(first, last + 1))
    for key in ("start", "body_start", "end"):
        post[key] = moved[post[key]]
    for key in ("quotes", "partly", "slots"):
        post[key] = {str(moved[int(i)]): value for i, value in post[key].items()}
    post["name_lines"] = [moved[i] for i in post["name_lines"]]
