"""The questions that the neural reader learns, each with its labelled pairs of texts, out of ../shared/data.

A text comes with what it is read beside: the words that it answers, or the target of its stance. Groups
(a discussion, a parent, a topic, texts that share a stretch) stand on one side of every split; a third of
them is held out of what is measured. Nothing is learned from the threads of `loops/`.
"""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discourse.learn.reply_labels import LABELS as REPLIES
from discourse.text.normalise import fold
from tests.evaluation import claims_data, marker_sentences, rhetoric_data, target_stance_data
from tests.evaluation.reply_pairs_data import (
    Pair,
    cue_pairs,
    forum_pairs,
    loop_discussions,
    side_pairs,
    subreddit_pairs,
)
from tests.evaluation.reply_threads_data import coded_replies, forum_threads

HELD_OUT = 3  # one group of so many
STANCES = ("favor", "against", "none")
RUMOURS = ("support", "deny", "query", "comment")
CLAIMS = ("same", "other", "contradicts")
MEASURED, LEARNED = "measured on: ", "learned from: "  # how groups of such sets begin
UNKNOWN = -1.0  # of a label that a set does not tell

_SAME_TEXTS = {"moves": "disputes"}  # sets whose groups are those of another

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Task:
    """One question, and what is known of its answers.

    Attributes
    ----------
    is_choice
        Whether the labels exclude each other.
    values
        A row a text and a column a label: 1 where it holds, 0 where not, `UNKNOWN` where nobody looked.
    sources
        Of which set each row is.
    """

    name: str
    labels: tuple[str, ...]
    is_choice: bool
    texts: list[str]
    besides: list[str]
    values: Floats
    groups: list[str]
    sources: list[str]
    weights: Floats

    @property
    def is_held_out(self) -> NDArray[np.bool_]:
        """Which rows nothing is learned from while the reader is measured."""
        return np.array([is_held_out(group) for group in self.groups], dtype=np.bool_)

    def part(self, chosen: NDArray[np.bool_]) -> "Task":
        """Return some rows."""
        places = np.flatnonzero(chosen).tolist()
        return Task(
            self.name,
            self.labels,
            self.is_choice,
            [self.texts[k] for k in places],
            [self.besides[k] for k in places],
            self.values[places],
            [self.groups[k] for k in places],
            [self.sources[k] for k in places],
            self.weights[places],
        )


def is_held_out(group: str) -> bool:
    """Say whether a group is of the third that is measured on; the same in every process.

    Sets that come in two parts keep these.
    """
    if group.startswith((MEASURED, LEARNED)):
        return group.startswith(MEASURED)
    return int.from_bytes(sha256(group.encode()).digest()[:4], "big") % HELD_OUT == 0


def tasks(shared: Path) -> list[Task]:
    """Return all questions with all that is known of them."""
    sets = rhetoric_data.load(shared)
    made = [
        *_replies(shared / "data"),
        _rumours(shared / "data/stance/rumoureval2017_traindev.csv"),
        targets(shared),
        _sarcasm(shared, sets),
        _of_set("unhealthy", [sets["unhealthy"]]),
        *_fallacies(shared / "data/rhetoric"),
        _of_set("ad_hominem", [sets["chains"]]),
        _of_set("hedge", [sets["hedging"]]),
        _of_set("whataboutism", [sets["videos"]]),
        _persuasion(shared / "data/rhetoric/semeval2023_persuasion.csv"),
        _of_set("disputes", [sets["disputes"]]),
        _of_set("moves", [sets["moves"]]),
        _tone(shared / "data", sets["sarcasm"].texts),
        _constructive(shared / "data/rhetoric/sfu_constructiveness.csv"),
        *_claims(shared),
        sentences(shared),
    ]
    return made


Row = tuple[str, str, Sequence[float], str, str, float]  # text, beside, values, group, source, weight


def _task(name: str, labels: Sequence[str], rows: Iterable[Row], *, is_choice: bool) -> Task:
    kept = list(rows)
    texts, besides, values, groups, sources, weights = zip(*kept, strict=True)
    return Task(
        name,
        tuple(labels),
        is_choice,
        [fold(text) for text in texts],
        [fold(text) for text in besides],
        np.array(values, dtype=np.float32),
        list(groups),
        list(sources),
        np.array(weights, dtype=np.float32),
    )


def _one_of(labels: Sequence[str], label: str) -> list[float]:
    return [float(one == label) for one in labels]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _replies(data: Path) -> Iterator[Task]:
    """Yield what people said of replies, and what follows from authors' sides and from opening words."""

    def told(pairs: Iterable[Pair], labels: Sequence[str]) -> Iterator[Row]:
        for pair in pairs:
            yield pair.own, pair.parent, _one_of(labels, pair.label), pair.group, pair.source, pair.weight

    people = [*forum_pairs(data), *subreddit_pairs(data), *_coded(data)]
    yield _task("reply", REPLIES, told(people, REPLIES), is_choice=True)
    yield _task("reply_sides", REPLIES[:2], told(side_pairs(data), REPLIES[:2]), is_choice=True)
    yield _task("reply_cues", REPLIES[:2], told(cue_pairs(data), REPLIES[:2]), is_choice=True)


def _coded(data: Path) -> Iterator[Pair]:
    wanted = coded_replies()
    for thread in forum_threads(data, without=loop_discussions(data)):
        if thread.number in wanted:
            for place, label in thread.labels.items():
                own, answered = thread.texts[place]
                yield Pair("coded", own, answered, f"discussion {thread.number}", label)


def _rumours(path: Path) -> Task:
    rows = _table(path)
    by_id = {row["post_id"]: row["text"] for row in rows}
    found = [
        (
            row["text"],
            by_id.get(row["reply_to"], ""),
            _one_of(RUMOURS, row["stance"].lower()),
            f"rumour {row['thread_id']}",
            "rumoureval",
            1.0,
        )
        for row in rows
    ]
    return _task("rumour", RUMOURS, found, is_choice=True)


def targets(shared: Path) -> Task:
    """Return texts beside the target's name; one set knows no "none", and its authors chose one of two."""
    found: list[Row] = []
    for name in target_stance_data.FILES:
        rows = target_stance_data.load(shared, name)
        for number, (text, target, label) in enumerate(
            zip(rows.texts, rows.targets, rows.labels, strict=True)
        ):
            values = _one_of(STANCES, label)
            if name.startswith("pstance"):
                values[2] = UNKNOWN
            part = {"pstance_val": MEASURED, "pstance_train": LEARNED}.get(name, f"{name} {text}")
            group = f"{part}{target} {number}" if name.startswith("pstance") else part
            found.append((text, str(target), values, group, name, 1.0))
    return _task("target", STANCES, found, is_choice=True)


def _of_set(name: str, sets: Sequence[rhetoric_data.Set]) -> Task:
    found: list[Row] = []
    for one in sets:
        for text, row, group in zip(one.texts, one.truth, one.groups, strict=True):
            found.append(
                (
                    text,
                    "",
                    row.astype(float).tolist(),
                    f"{_SAME_TEXTS.get(one.name, one.name)} {group}",
                    one.name,
                    1.0,
                )
            )
    return _task(name, sets[0].heads, found, is_choice=False)


def _sarcasm(shared: Path, sets: dict[str, rhetoric_data.Set]) -> Task:
    """Return sarcastic texts or not, of forums, of Reddit with what they answer, and of Twitter likewise."""
    forum = sets["sarcasm"]
    found: list[Row] = [
        (text, "", [float(row[0]), UNKNOWN, UNKNOWN], f"sarcasm {group}", str(kind), 1.0)
        for text, row, group, kind in zip(forum.texts, forum.truth, forum.groups, forum.kinds, strict=True)
    ]
    for place, name in ((1, "reddit"), (2, "twitter")):
        path = shared / f"data/rhetoric/figlang_sarcasm_detection_shared_task_{name}_training.csv"
        for row in _table(path):
            context = json.loads(row["context"])
            values = [UNKNOWN] * 3
            values[place] = float(row["label"] == "SARCASM")
            found.append((row["response"], context[-1], values, f"{name} {context[0]}", name, 1.0))
    return _task("sarcasm", ("forum", "replies", "tweets"), found, is_choice=False)


def _fallacies(folder: Path) -> Iterator[Task]:
    rows = _table(folder / "cocolofa_dev.csv")
    labels = sorted({row["fallacy"] for row in rows})
    by_id = {row["post_id"]: row["text"] for row in rows}
    yield _task(
        "fallacy",
        labels,
        (
            (
                row["text"],
                by_id.get(row["reply_to"], "") or row["title"],
                _one_of(labels, row["fallacy"]),
                f"news {row['thread_id']}",
                "cocolofa",
                1.0,
            )
            for row in rows
        ),
        is_choice=True,
    )
    chains = _table(folder / "informal_fallacies.csv")
    groups = rhetoric_data.linked([row["comment"] for row in chains])
    names = [*sorted(rhetoric_data.FALLACIES), "none"]
    yield _task(
        "chain_fallacy",
        names,
        (
            (
                row["comment"],
                row["parent"],
                _one_of(names, row["fallacy"] if row["fallacy_exists"] == "1" else "none"),
                f"chain {group}",
                "informal",
                1.0,
            )
            for row, group in zip(chains, groups, strict=True)
        ),
        is_choice=True,
    )


def _persuasion(path: Path) -> Task:
    rows = _table(path)
    names = [name for name in rows[0] if name not in ("text", "label")]
    groups = rhetoric_data.linked([row["text"] for row in rows])
    found = (
        (row["text"], "", [float(row[name] == "1") for name in names], f"paragraph {group}", "news", 1.0)
        for row, group in zip(rows, groups, strict=True)
    )
    return _task("persuasion", names, found, is_choice=False)


def _tone(data: Path, others: Sequence[str]) -> Task:
    """Return what people marked of responses: sarcastic, attacking, nasty, feeling rather than fact.

    Those that share a stretch with `others`, which have marks of sarcasm of their own, are left out.
    """
    kept = loop_discussions(data)
    known = {window for text in others for window in rhetoric_data.windows(text)}
    found: list[Row] = []
    for row in _table(data / "agreement/iac_quote_response.csv"):
        if not row["response"] or row["discussion_id"] in kept:
            continue
        if known.isdisjoint(rhetoric_data.windows(row["response"])):
            marks = [float(row[name] or 0) for name in rhetoric_data.TOLD]
            # people answered "sarcastic?" by yes or no, the others on scales whose low end is the marker
            values = [float(marks[0] >= 0.5), *(float(mark <= -1) for mark in marks[1:])]
            group = f"discussion {row['discussion_id']}"
            found.append((row["response"], row["quote"], values, group, "marks", 1.0))
    return _task("tone", ("sarcastic", "attacking", "nasty", "feeling"), found, is_choice=False)


def _constructive(path: Path) -> Task:
    found: list[Row] = []
    for row in _table(path):
        toxic = row["is_toxic_popular_answer_1"]  # 1, not toxic, to 4, very toxic
        values = [
            float(row["is_constructive"].lower() == "yes"),
            float(toxic > "1") if toxic else UNKNOWN,
        ]
        found.append((row["comment"], row["title"], values, f"article {row['globe_url']}", "sfu", 1.0))
    return _task("constructive", ("constructive", "toxic"), found, is_choice=False)


def _claims(shared: Path) -> Iterator[Task]:
    """Yield pairs of claims: of one aspect or not, a point or not, and whether both can hold."""
    alike: list[Row] = []
    pairs = claims_data.aspects(shared)
    for (one, two), truth, topic in zip(pairs.pairs, pairs.truth, pairs.topics, strict=True):
        alike.append((one, two, [float(truth), UNKNOWN], f"topic {topic}", "ukp", 1.0))
    for part in ("train", "dev"):
        points = claims_data.key_points(shared, part)
        for (one, two), truth, topic in zip(points.pairs, points.truth, points.topics, strict=True):
            alike.append(
                (
                    one,
                    two,
                    [UNKNOWN, float(truth)],
                    f"{LEARNED if part == 'train' else MEASURED}{topic}",
                    f"argkp_{part}",
                    1.0,
                )
            )
    yield _task("alike", ("aspect", "key_point"), alike, is_choice=False)
    found: list[Row] = []
    names = {"ENTAILMENT": "same", "NEUTRAL": "other", "CONTRADICTION": "contradicts"}
    for part in ("train", "trial"):
        for row in _table(shared / f"data/similarity/sick_{part}.csv"):
            sentences = sorted((row["sentence_A"], row["sentence_B"]))
            values = _one_of(CLAIMS, names[row["entailment_judgment"]])
            group = f"{LEARNED if part == 'train' else MEASURED}{' '.join(sentences)}"
            found.append((row["sentence_A"], row["sentence_B"], values, group, f"sick_{part}", 1.0))
    yield _task("entailment", CLAIMS, found, is_choice=True)


def sentences(shared: Path) -> Task:
    """Return sentences of comments with the markers that one coder saw, each beside what stands before it.

    Comments that other sets hold too stand in these sets' groups.
    """
    sets = rhetoric_data.load(shared)
    rows = json.loads(marker_sentences.SENTENCES.read_text(encoding="utf-8"))["comments"]
    labels = sorted({label for row in rows for *_, own in row["sentences"] for label in own})
    wanted = {row["name"] for row in rows}
    own = {
        name: marker_sentences.view_of(name, post).own
        for source in marker_sentences.SOURCES.values()
        for name, post, _ in source(shared)
        if name in wanted
    }
    discussions = _discussions(shared / "data/threads/iac.jsonl.gz")
    barred = {str(discussion) for discussion in loop_discussions(shared / "data")}
    known = {
        source: {
            " ".join(text.split()): f"{name} {group}"
            for text, group in zip(sets[name].texts, sets[name].groups, strict=True)
        }
        for source, name in (("ucc", "unhealthy"), ("videos", "videos"))
    }
    found: list[Row] = []
    for row in rows:
        source, _, name = row["name"].partition(":")
        text = own[row["name"]]
        group = known.get(source, {}).get(" ".join(text.split()), row["name"])
        if source == "iac":
            if str(discussions[name]) in barred:
                continue
            group = f"discussion {discussions[name]}"
        for start, end, marked in row["sentences"]:
            values = [float(label in marked) for label in labels]
            found.append((text[start:end], text[:start].strip(), values, group, "sentences", 1.0))
    return _task("sentences", labels, found, is_choice=False)


def _discussions(path: Path) -> dict[str, int]:
    """Return of which discussion each post of the forum is."""
    found = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for thread in map(json.loads, file):
            found |= {str(post["id"]): thread["discussion_id"] for post in thread["posts"]}
    return found


def digest(shared: Path) -> str:
    """Return one SHA-256 over all files that are learned from."""
    folders = ("agreement", "rhetoric", "similarity", "stance", "threads")
    total = sha256()
    for folder in folders:
        for path in sorted((shared / "data" / folder).iterdir()):
            total.update(path.name.encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()
