"""A review at work within an analysis: one object a source, asked after the reading and after each stage."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from discourse.analysis.stance.stance import author_stances
from discourse.errors import DiscourseError
from discourse.labels.decisions import text_hash
from discourse.labels.journal import ENDING, Journal, Noted, journal_path
from discourse.labels.overruling.annotations import against, overruled, peoples_labels
from discourse.labels.overruling.decided import LeftOut, OnPost, decided
from discourse.labels.overruling.links import relinked
from discourse.labels.overruling.looked import coded
from discourse.labels.overruling.pages import Moves, corrected
from discourse.labels.overruling.settling import Against
from discourse.labels.overruling.targets import Targets
from discourse.labels.overruling.told import Change, problems, quoted, with_edits, with_faults
from discourse.labels.overruling.turns import marked
from discourse.stored.runs import PRIVATE, run_folders
from discourse.tables import Tables
from discourse.tables.contract import LAYERS


class Review:
    """What people decided on one source, read from its journal once."""

    def __init__(self, path: Path) -> None:
        with Journal(path) as journal:
            self.sources = frozenset(journal.sources)
            self.noted: Sequence[Noted] = tuple(journal.noted())
        self.path = path

    @property
    def is_private(self) -> bool:
        """Whether it was made on texts with pseudonyms or without words; see `source_digests`."""
        return any(source.startswith(PRIVATE) for source in self.sources)

    def is_of(self, sources: frozenset[str]) -> bool:
        """Say whether it is of the files of these SHA-256."""
        return sources == {source for source in self.sources if not source.startswith(PRIVATE)}

    @property
    def digest(self) -> str:
        """What tells this state of the journal from others: 16 hex digits."""
        said = [[one.annotator, one.decision.kind, one.decision.post_id, one.decision.text_hash,
                 dict(one.decision.value)] for one in self.noted]  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def read_reviews(paths: Iterable[Path]) -> list[Review]:
    """Read the journals that `--with` names: files, or runs whose journals stand beside them.

    Raises
    ------
    DiscourseError
        Where no journal stands there, or two are of the same source.
    """
    found: list[Review] = []
    for path in paths:
        files = [path] if path.is_file() or path.name.endswith(ENDING) else _beside(path)
        for review in map(Review, files):
            if any(review.sources == other.sources for other in found):
                raise DiscourseError(
                    where=str(review.path),
                    problem="another of the journals is of the same source",
                    fix="Give one of them",
                )
            found.append(review)
    return found


def _beside(run: Path) -> list[Path]:
    files = [path for path in map(journal_path, run_folders(run)) if path.is_file()]
    if not files:
        raise DiscourseError(
            where=str(run),
            problem="nobody has reviewed this run: no journal stands beside it",
            fix="Review it first: discourse review RUN",
        )
    return files


def review_for(tables: Tables, reviews: Iterable[Review]) -> "Overruling | None":
    """Return the review of the sources that posts were read from; None where there is none.

    Raises
    ------
    DiscourseError
        Where it was made on texts with pseudonyms or without words.
    """
    own = tables.sources_of_posts()
    sources = tables["sources"]
    known = frozenset(sources.loc[sources["source_id"].isin(own), "sha256"])
    review = next((one for one in reviews if one.is_of(known)), None)
    if review is not None and review.is_private:
        raise DiscourseError(
            where=str(review.path),
            problem="it was made on a run with pseudonyms or without words, whose places do not fit the page",
            fix="Review a run that was analysed without --pseudonyms and --no-verbatim",
        )
    return None if review is None else Overruling(review, tables)


class Overruling:
    """Puts people's decisions in the machine's place while a source is analysed.

    Parameters
    ----------
    review
        The journal of the source.
    tables
        As they were read, before any stage.
    """

    def __init__(self, review: Review, tables: Tables) -> None:
        posts = tables["posts"]
        texts = dict(zip(posts["post_id"], posts["text"], strict=True))
        digests = {post_id: text_hash(text) for post_id, text in texts.items()}
        self._texts: Mapping[str, str] = texts  # as they were read
        self._noted = review.noted
        self._decided: Mapping[str, OnPost]
        self._decided, self._left_out = decided(review.noted, digests)
        self._unplaced: dict[frozenset[str], list[LeftOut]] = {}  # labels without a place, by layers
        self._cut: list[tuple[str, str]] = []  # posts whose links people's links leave no room for
        self._moves = Moves()
        self._against: Mapping[str, Against] = {}
        self._changes: list[Change] = []
        self._relinked: set[str] = set()  # posts whose links people moved
        self._settled: set[str] = set()  # layers whose people's labels stand already

    def on_reading(self, tables: Tables) -> Tables:
        """Return the reading with posts joined and split."""
        tables, self._moves = corrected(tables, self._decided)
        self._against = against(self._decided, self._moves)
        self._left_out += self._moves.left_out
        void = {id(one.word) for one in self._moves.left_out}
        for post_id, on_post in self._decided.items():
            if on_post.join is not None and id(on_post.join) not in void:
                place, words = self._moves.post(post_id), quoted(self._texts[post_id])
                self._changes.append(Change("join", place, on_post.join.annotator, words))
            for at, word in sorted(on_post.splits.items()):
                if id(word) in void:
                    continue
                words = quoted(self._texts[post_id][at:])
                self._changes.append(Change("split", post_id, word.annotator, words))
        return tables

    def after(self, tables: Tables, assigned: frozenset[str]) -> Tables:
        """Return the tables after a stage with people's word on what that stage has made."""
        if "links" in assigned:
            tables, changes, left_out, self._cut = relinked(tables, self._decided, self._moves)
            self._changes += changes
            self._left_out += left_out
            self._relinked = {change.post_id for change in changes} | {one for one, _ in self._cut}
        layers = {name.split(":")[1] for name in assigned if name.startswith("annotations:")}
        if layers:
            tables = self._labelled(tables, frozenset(layers & set(LAYERS)))
        if "stances" in assigned and self._settled & {"stance", "claim"}:
            tables = tables.replace(stances=author_stances(tables))
        if "turns" in assigned:
            tables, changes, left_out = marked(tables, self._decided, self._moves)
            self._changes += changes
            self._left_out += left_out
        return tables

    def finish(self, tables: Tables) -> Tables:
        """Return the tables with every decision that changed something, and what people looked for.

        The former stand in `edits`, the latter in `coded`; decisions that have no place any more in `faults`.
        """
        left_out = [*self._left_out, *(one for some in self._unplaced.values() for one in some)]
        tables = with_edits(tables, self._changes)
        tables = tables.replace(coded=coded(tables, self._noted, self._read_of_others()))
        return with_faults(tables, [*problems(left_out), *self._cut])

    def _labelled(self, tables: Tables, layers: frozenset[str]) -> Tables:
        posts = tables["posts"]
        texts = dict(zip(posts["post_id"], posts["text"], strict=True))
        people, left_out = peoples_labels(
            {post_id: _on_layers(on_post, layers) for post_id, on_post in self._decided.items()},
            self._moves,
            texts,
            Targets(tables, self._moves).now,
            self._parents(posts),
        )
        frame, changes = overruled(
            tables["annotations"], layers, self._against, people, texts, relinked=self._relinked
        )
        again = bool(layers & self._settled)  # several stages may write one layer: people's part is told once
        self._changes += [one for one in changes if not again or one.action not in ("add", "confirm")]
        self._unplaced[layers] = left_out  # the last stage of a layer knows
        self._settled |= layers
        return tables.replace(annotations=frame)

    def _read_of_others(self) -> set[tuple[str, str, str | None]]:
        moved = {post_id: one for post_id, one in self._decided.items() if post_id in self._relinked}
        return {(post_id, *what) for post_id, one in moved.items() for what in one.read_before_link}

    def _parents(self, posts: pd.DataFrame) -> dict[str, str | None]:
        moved = posts[posts["post_id"].isin(self._relinked)]
        named = zip(moved["post_id"], moved["reply_to"].astype(object), strict=True)
        return {post_id: None if pd.isna(parent) else str(parent) for post_id, parent in named}


def _on_layers(on_post: OnPost, layers: frozenset[str]) -> OnPost:
    labels = {key: word for key, word in on_post.labels.items() if word.value["layer"] in layers}
    return OnPost(labels=labels)
