"""A made-up run that people code as a test says."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from discourse.tables import CONTRACT, Tables, frame_of
from tests.exchange.made_run import SHA, label, post, store_run


class Coding:
    """A run of some texts, with the machine's labels, and a journal that tests write into.

    Posts are named by their number, from 1; `threads` says how many posts a thread has.
    """

    def __init__(
        self, folder: Path, texts: Sequence[str], *, a_thread: int = 1000, **more: Iterable[Any]
    ) -> None:
        self.texts = list(texts)
        names = [f"t{number // a_thread}" for number in range(len(self.texts))]
        own = more.pop("posts", [{}] * len(self.texts))
        posts = [
            {**post(number, text), "thread_id": name, **extra}
            for number, (text, name, extra) in enumerate(zip(self.texts, names, own, strict=True), 1)
        ]
        rows: Mapping[str, Iterable[Any]] = {"posts": posts, **more}
        tables = Tables({name: frame_of(CONTRACT[name], rows.get(name, ())) for name in CONTRACT})
        self.folder = store_run(folder, tables)

    def decide(self, who: str, *decided: tuple[int, str, Mapping[str, Any]], **how: Any) -> None:
        """Write decisions down: number of the post, kind, value."""
        decisions = [
            Decision(
                kind=kind,  # type: ignore[arg-type]
                post_id=f"pier:{number}",
                text_hash=text_hash(self.texts[number - 1]),
                value=value,
            )
            for number, kind, value in decided
        ]
        with Journal(journal_path(self.folder), [SHA]) as journal:
            journal.append(f"human:{who}", decisions, **how)

    def read(self, who: str, numbers: Iterable[int], layer: str, name: str | None = None, **how: Any) -> None:
        """Write down that somebody looked for a layer, or a label of it."""
        value = {"layer": layer, "label": name}
        self.decide(who, *((number, "read", value) for number in numbers), **how)

    def give(
        self,
        who: str,
        number: int,
        layer: str,
        name: str,
        quote: str | None = None,
        *,
        target: str | None = None,
        **how: Any,
    ) -> None:
        """Write down that somebody gave a label."""
        text = self.texts[number - 1]
        words = text if quote is None else quote
        start = text.index(words)
        value = {"layer": layer, "label": name, "target": target, "start": start}
        self.decide(who, (number, "label", {**value, "end": start + len(words), "quote": words}), **how)


def marked(
    texts: Sequence[str], number: int, layer: str, name: str, quote: str | None = None, **more: Any
) -> Any:
    """Return a row of the machine's on one of the texts; of the whole text where no quotation is given."""
    text = texts[number - 1]
    return label(number, text if quote is None else quote, text, layer, name, **more)
