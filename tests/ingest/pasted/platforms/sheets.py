"""Pages of known platforms as a browser copies them, laid out from conversations, with their truth.

The layouts are written here from what the platforms show; the reader has no part in the truth.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.ingest.pasted.platforms.talks import Said, Talk

Names = Callable[[str], str]


@dataclass
class Sheet:
    """A page that grows line by line, and what is true of it."""

    lines: list[str] = field(default_factory=list)
    truth: list[dict[str, Any]] = field(default_factory=list)

    def put(self, *lines: str) -> None:
        self.lines.extend(lines)

    def open(
        self, number: int, author: str, *header: str, addressee: str | None = None, answers: int | None = None
    ) -> None:
        self.close()
        self.truth.append(
            {
                "id": number + 1, "author": author, "reply_to": None if answers is None else answers + 1,
                "addressee": addressee, "quotes": {}, "body": [], "start": len(self.lines) + 1, "end": 0,
            }
        )  # fmt: skip
        self.put(*header)

    def quote(self, source: int | None, *lines: str) -> None:
        for line in lines:
            self.put(line)
            self.truth[-1]["quotes"][str(len(self.lines))] = None if source is None else source + 1

    def say(self, text: str, *, blank: bool = False) -> None:
        for number, line in enumerate(text.split("\n")):
            if blank and number and line:
                self.put("")
            self.put(line)
            if line:
                self.truth[-1]["body"].append(line)

    def close(self) -> None:
        if self.truth and not self.truth[-1]["end"]:
            self.truth[-1]["end"] = len(self.lines)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    @property
    def json(self) -> str:
        self.close()
        return json.dumps(self.truth, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Style:
    """What changes from page to page of one platform."""

    times: Sequence[str]
    words: dict[str, str]
    name: Names = str
    limit: int | None = None

    def time(self, number: int) -> str:
        return self.times[number % len(self.times)]

    def posts(self, talk: Talk) -> list[tuple[int, Said]]:
        return list(enumerate(talk.posts[: self.limit]))

    def word(self, key: str) -> str:
        return self.words[key]


def parts(said: Said) -> tuple[list[str], str]:
    """Part a post into the lines that it quotes and its own text."""
    lines = said.text.split("\n")
    quoted = [line[2:] for line in lines if line.startswith("> ")]
    return quoted, "\n".join(line for line in lines if not line.startswith("> "))


def fill(
    sheet: Sheet, said: Said, *, mark: str = "> ", head: Sequence[str] = (), blank: bool = False
) -> None:
    """Put a post's text below its header."""
    quoted, own = parts(said)
    if quoted:
        sheet.quote(said.answers, *head, *(mark + line for line in quoted))
    sheet.say(own, blank=blank)
