"""A review at work within an analysis: one object a source, asked after the reading and after each stage."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from discourse.analysis.stance.stance import author_stances
from discourse.chains import cut_cycles
from discourse.errors import DiscourseError
from discourse.labels.decisions import text_hash
from discourse.labels.journal import ENDING, Journal, Noted, journal_path
from discourse.labels.overruling.annotations import Change, counted, overruled, peoples_labels
from discourse.labels.overruling.decided import OnPost, Word, decided, words_of
from discourse.labels.overruling.pages import Moves, corrected
from discourse.labels.overruling.turns import marked
from discourse.stored.runs import run_folders
from discourse.tables import EDITS, FAULTS, LINKS, Tables, frame_of
from discourse.tables.contract import LAYERS

_STAGE = "review"


class Review:
    """What people decided on one source, read from its journal once."""

    def __init__(self, path: Path) -> None:
        with Journal(path) as journal:
            self.sources = frozenset(journal.sources)
            self.noted: Sequence[Noted] = tuple(journal.noted())
        self.path = path

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
    """Return the review of the sources that posts were read from; None where there is none."""
    own = tables.sources_of_posts()
    sources = tables["sources"]
    known = frozenset(sources.loc[sources["source_id"].isin(own), "sha256"])
    return next((Overruling(review, tables) for review in reviews if review.sources == known), None)


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
        digests = {
            post_id: text_hash(text) for post_id, text in zip(posts["post_id"], posts["text"], strict=True)
        }
        self._decided: Mapping[str, OnPost]
        self._decided, stale = decided(review.noted, digests)
        self._stale: list[str] = [one.decision.post_id for one in stale]
        self._unplaced: dict[frozenset[str], list[str]] = {}  # by layers: posts of labels without a place
        self._moves = Moves()
        self._changes: list[Change] = []
        self._settled: set[str] = set()  # layers whose people's labels stand already

    def on_reading(self, tables: Tables) -> Tables:
        """Return the reading with posts joined and split."""
        tables, self._moves = corrected(tables, self._decided)
        for post_id, on_post in self._decided.items():
            if on_post.join is not None:
                place = self._moves.post(post_id)
                self._changes.append(Change("join", place, on_post.join.annotator, post_id))
            for at, word in sorted(on_post.splits.items()):
                value = f"at {at}"
                self._changes.append(Change("split", post_id, word.annotator, value))
        return tables

    def after(self, tables: Tables, assigned: frozenset[str]) -> Tables:
        """Return the tables after a stage with people's word on what that stage has made."""
        if "links" in assigned:
            tables = self._relinked(tables)
        layers = {name.split(":")[1] for name in assigned if name.startswith("annotations:")}
        if layers:
            tables = self._labelled(tables, frozenset(layers & set(LAYERS)))
        if "stances" in assigned and self._settled & {"stance", "claim"}:
            tables = tables.replace(stances=author_stances(tables))
        if "turns" in assigned:
            tables, changes, stale = marked(tables, self._decided, self._moves)
            self._changes += changes
            self._stale += [word.decision.post_id for word in stale]
        return tables

    def finish(self, tables: Tables) -> Tables:
        """Return the tables with every decision that changed something as a row of `edits`.

        Decisions on posts that are gone or read otherwise now stand in `faults`.
        """
        sources = list(tables.sources_of_posts())
        source = min(sources) if sources else ""
        rows = [
            {
                "edit_id": f"{source}:e{number}",
                "annotator": change.annotator,
                "action": change.action,
                "post_id": change.post_id,
                "value": change.value,
            }
            for number, change in enumerate(self._changes, start=1)
        ]
        problem = "a decision of a person has no place here any more: the post, or its text, is another"
        faults = [
            {"stage": _STAGE, "item_id": post_id, "problem": problem}
            for post_id in dict.fromkeys(self._gone())
        ]
        known = [tables["faults"], frame_of(FAULTS, faults)]
        return tables.replace(
            edits=frame_of(EDITS, rows),
            faults=pd.concat([frame for frame in known if len(frame)], ignore_index=True)
            if faults
            else tables["faults"],
        )

    def counts(self) -> dict[str, int]:
        """Return how many decisions of each sort there were, and how many have no place any more."""
        return {**dict(counted(self._changes)), **({"stale": len(self._gone())} if self._gone() else {})}

    def _gone(self) -> list[str]:
        return self._stale + [post_id for posts in self._unplaced.values() for post_id in posts]

    def _labelled(self, tables: Tables, layers: frozenset[str]) -> Tables:
        posts = tables["posts"]
        texts = dict(zip(posts["post_id"], posts["text"], strict=True))
        people, stale = peoples_labels(
            {post_id: _on_layers(on_post, layers) for post_id, on_post in self._decided.items()},
            self._moves,
            texts,
            _Targets(tables).now,
        )
        frame, changes = overruled(tables["annotations"], layers, self._decided, self._moves, people)
        again = bool(layers & self._settled)  # several stages may write one layer: people's part is told once
        self._changes += [one for one in changes if not again or one.action not in ("add", "confirm")]
        self._unplaced[layers] = [word.decision.post_id for word in stale]  # the last stage of a layer knows
        self._settled |= layers
        return tables.replace(annotations=frame)

    def _relinked(self, tables: Tables) -> Tables:
        words = {self._moves.post(post): word for post, word in words_of(self._decided, "link")}
        if not words:
            return tables
        posts = tables["posts"]
        links: list[dict[str, object]] = []
        new: dict[str, str | None] = {}
        for post_id, word in words.items():
            named = word.value.get("reply_to")
            new[post_id] = None if named is None else self._moves.post(named)
            if new[post_id] is not None:
                row = {"post_id": post_id, "reply_to": new[post_id], "annotator": word.annotator}
                links.append({**row, "evidence": "explicit", "score": 1.0})
        old = dict(zip(posts["post_id"], posts["reply_to"].astype(object), strict=True))
        parents = {post_id: new.get(post_id, parent) for post_id, parent in old.items()}
        parents = {post_id: None if pd.isna(parent) else parent for post_id, parent in parents.items()}
        cut = cut_cycles(parents)
        self._changes += [
            Change("relink", post_id, words[post_id].annotator, new[post_id] or "answers nobody")
            for post_id in new
            if (None if pd.isna(old.get(post_id)) else old.get(post_id)) != new[post_id]
        ]
        self._stale += sorted(cut)
        return _with_links(tables, new, cut, links)


def _with_links(
    tables: Tables, new: Mapping[str, str | None], cut: set[str], links: list[dict[str, object]]
) -> Tables:
    posts = tables["posts"].copy()
    for place, post_id in zip(posts.index, posts["post_id"], strict=True):
        if post_id in new or post_id in cut:
            parent = None if post_id in cut else new[post_id]
            posts.loc[place, "reply_to"] = pd.NA if parent is None else parent
            posts.loc[place, "reply_evidence"] = "none" if parent is None else "explicit"
            posts.loc[place, "reply_score"] = 1.0
    known = [frame for frame in (tables["links"], frame_of(LINKS, links)) if len(frame)]
    return tables.replace(
        posts=posts, links=pd.concat(known, ignore_index=True) if known else tables["links"]
    )


def _on_layers(on_post: OnPost, layers: frozenset[str]) -> OnPost:
    labels = {key: word for key, word in on_post.labels.items() if word.value["layer"] in layers}
    return OnPost(labels=labels)


class _Targets:
    """What the targets of people's labels are called in this analysis."""

    def __init__(self, tables: Tables) -> None:
        self._claims = set(tables["claims"]["claim_id"])
        rows = tables["annotations"]
        rows = rows[rows["layer"] == "claim"]
        named = zip(rows["post_id"], rows["start"], rows["end"], rows["target"], strict=True)
        self._said: dict[tuple[str, int, int], list[str]] = {}  # claims that a passage is said to bear
        for post_id, start, end, claim_id in named:
            self._said.setdefault((post_id, start, end), []).append(claim_id)

    def now(self, word: Word, place: tuple[str, int, int]) -> str | None:
        """Return a label's target; a claim by the passage that bears it, since claims are numbered anew.

        Raises
        ------
        LookupError
            Where there is no such claim any more.
        """
        target = word.value.get("target")
        if word.value["layer"] != "claim":
            return None if target is None else str(target)
        said = self._said.get(place, [])
        if said and target not in said:
            return said[0]
        if target not in self._claims:
            raise LookupError(target)
        return str(target)
