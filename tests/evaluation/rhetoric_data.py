"""The sets with rhetoric markers, as the training of `discourse.learn.rhetoric` reads them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np

csv.field_size_limit(10**9)

KINDS = ("GEN", "RQ", "HYP")
UNHEALTHY = ("antagonize", "condescending", "dismissive", "generalisation_unfair", "hostile", "sarcastic")
NEWS = {
    "name_calling": "Name_Calling-Labeling",
    "loaded_language": "Loaded_Language",
    "appeal_to_fear": "Appeal_to_Fear-Prejudice",
}
# near-duplicate spellings of one label share their beginning
TURNS = {
    "policing": ("DH3",),
    "disengagement": ("DH-1", "Bailing out"),
    "off_topic_shift": ("DH2",),
    "ad_hominem": ("DH1",),
    "name_calling": ("DH0",),
}
MOVES = {  # of the same turns; rarer, and shown by fewer words
    "concession": ("Conceding",),
    "clarifying_question": ("Asking question",),
    "proposal": ("Suggesting a comp",),
}
FALLACIES = {  # of the Reddit set, as the comments on news name them
    "authority": "appeal to authority",
    "blackwhite": "false dilemma",
    "hasty_generalization": "hasty generalization",
    "natural": "appeal to nature",
    "population": "appeal to majority",
    "slippery_slope": "slippery slope",
    "tradition": "appeal to tradition",
    "worse_problems": "appeal to worse problems",
}
TOLD = ("sarcasm", "attack", "nicenasty", "fact-feeling")  # of pairs in the forum, means of people's marks
FILES = (
    "rhetoric/cmv_ad_hominem.csv",
    "rhetoric/cocolofa_dev.csv",
    "rhetoric/figlang_sarcasm_detection_shared_task_reddit_training.csv",
    "rhetoric/hedge_wikiweasel_train.csv",
    "rhetoric/informal_fallacies.csv",
    *(f"rhetoric/sarcasm_v2_{kind}.csv" for kind in KINDS),
    "rhetoric/semeval2023_persuasion.csv",
    "rhetoric/unhealthy_val.csv",
    "rhetoric/whataboutism_train.csv",
    "rhetoric/whataboutism_val.csv",
    "rhetoric/wikitactics.json",
    "agreement/iac_quote_response.csv",
    "threads/iac.jsonl.gz",
    "threads/reddit_100k.jsonl.zst",
)
REMOVED = ("[removed]", "[deleted]")  # what a site leaves of a post
_WINDOW = 50  # letters that two texts share which are parts of one


@dataclass
class Set:
    """Texts with labels, and which of them must stay together."""

    name: str
    heads: tuple[str, ...]
    texts: list[str]
    values: np.ndarray  # texts × heads; truth as 0 and 1, or people's marks
    groups: np.ndarray  # texts of one group fall into one fold
    kinds: np.ndarray = field(default_factory=lambda: np.zeros(0))  # files that a set is made of

    @property
    def truth(self) -> np.ndarray:
        return self.values > 0


def digest(shared: Path) -> str:
    """Return one SHA-256 over the files."""
    total = sha256()
    for name in FILES:
        total.update((shared / "data" / name).read_bytes())
    return total.hexdigest()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def windows(text: str) -> set[str]:
    found = letters(text)
    return {found[k : k + _WINDOW] for k in range(max(1, len(found) - _WINDOW + 1))}


def linked(texts: Sequence[str]) -> np.ndarray:
    """Return a group a text: texts that share a stretch of fifty letters are in one."""
    parents = list(range(len(texts)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        for window in windows(text):
            low, high = sorted((root(place), root(first.setdefault(window, place))))
            parents[high] = low  # the first text names the group, whatever the order of windows
    return np.array([root(place) for place in range(len(texts))])


def _set(name: str, heads: Sequence[str], texts: list[str], values: object, groups: object = None) -> Set:
    found = np.asarray(values, dtype=np.float64).reshape(len(texts), len(heads))
    return Set(name, tuple(heads), texts, found, linked(texts) if groups is None else np.asarray(groups))


def sarcasm(folder: Path) -> Set:
    rows = [(kind, row) for kind in KINDS for row in table(folder / f"sarcasm_v2_{kind}.csv")]
    found = _set(
        "sarcasm", ("forum",), [row["text"] for _, row in rows], [row["class"] == "sarc" for _, row in rows]
    )
    found.kinds = np.array([kind for kind, _ in rows])
    return found


def replies(folder: Path) -> Set:
    rows = table(folder / "figlang_sarcasm_detection_shared_task_reddit_training.csv")
    truth = [row["label"] == "SARCASM" for row in rows]
    threads = [json.loads(row["context"])[0] for row in rows]
    texts = [row["response"] for row in rows]
    return _set("replies", ("replies",), texts, truth, np.unique(threads, return_inverse=True)[1])


def hedging(folder: Path) -> Set:
    rows = table(folder / "hedge_wikiweasel_train.csv")
    return _set("hedging", ("hedge",), [r["text"].strip() for r in rows], [r["label"] == "1" for r in rows])


def whataboutism(folder: Path) -> Set:
    rows = [row for part in ("train", "val") for row in table(folder / f"whataboutism_{part}.csv")]
    return _set(
        "videos", ("whataboutism",), [row["Comment"] for row in rows], [row["Label"] == "1" for row in rows]
    )


def attacks(folder: Path) -> Set:
    """Return the last posts of chains: an attack on the other person, or a view that somebody conceded.

    Posts that moderators removed are left out: nothing can be read in them, and all count as attacks.
    """
    last = {row["thread"]: row for row in table(folder / "cmv_ad_hominem.csv")}
    rows = [row for row in last.values() if row["ad_hominem"] != row["delta"]]
    rows = [row for row in rows if row["text"].strip() not in REMOVED]
    return _set("chains", ("ad_hominem",), [r["text"] for r in rows], [r["ad_hominem"] == "1" for r in rows])


def fallacies(folder: Path) -> Set:
    rows = table(folder / "cocolofa_dev.csv")
    labels = sorted({row["fallacy"] for row in rows})
    truth = [[row["fallacy"] == label for label in labels] for row in rows]
    articles = np.unique([row["thread_id"] for row in rows], return_inverse=True)[1]
    return _set("news", labels, [row["text"] for row in rows], truth, articles)


def chains(folder: Path) -> Set:
    rows = table(folder / "informal_fallacies.csv")
    names = sorted(FALLACIES)
    truth = [[row["fallacy"] == name and row["fallacy_exists"] == "1" for name in names] for row in rows]
    return _set("reddit", [FALLACIES[name] for name in names], [row["comment"] for row in rows], truth)


def unhealthy(folder: Path) -> Set:
    rows = table(folder / "unhealthy_val.csv")
    truth = [[float(row[name]) > 0 for name in UNHEALTHY] for row in rows]
    return _set("unhealthy", UNHEALTHY, [row["comment"] for row in rows], truth)


def paragraphs(folder: Path) -> Set:
    rows = table(folder / "semeval2023_persuasion.csv")
    truth = [[row[name] == "1" for name in NEWS.values()] for row in rows]
    return _set("paragraphs", tuple(NEWS), [row["text"] for row in rows], truth)


def turns(folder: Path, name: str = "disputes", heads: Mapping[str, tuple[str, ...]] = TURNS) -> Set:
    texts: list[str] = []
    truth: list[list[bool]] = []
    groups: list[int] = []
    for number, dispute in enumerate(json.loads((folder / "wikitactics.json").read_text(encoding="utf-8"))):
        for turn in dispute["utterances"]:
            if turn["text"].strip():
                labels = turn["rebuttal_labels"] + turn["coordination_labels"]
                texts.append(turn["text"])
                truth.append([any(label.startswith(begun) for label in labels) for begun in heads.values()])
                groups.append(number)
    return _set(name, tuple(heads), texts, truth, groups)


def moves(folder: Path) -> Set:
    return turns(folder, "moves", MOVES)


def pairs(folder: Path) -> Set:
    rows = [row for row in table(folder.parent / "agreement/iac_quote_response.csv") if row["response"]]
    marks = [[float(row[name] or 0) for name in TOLD] for row in rows]
    return _set("pairs", TOLD, [row["response"] for row in rows], marks)


LOADERS = (
    sarcasm, replies, hedging, whataboutism, attacks, fallacies, chains, unhealthy, paragraphs, turns, moves,
    pairs,
)  # fmt: skip


def load(shared: Path) -> dict[str, Set]:
    """Return all sets by name; pairs that share a stretch with the sarcasm set are left out."""
    sets = {found.name: found for found in _loaded(shared / "data/rhetoric")}
    known = {window for text in sets["sarcasm"].texts for window in windows(text)}
    pairs_set = sets["pairs"]
    kept = [k for k, text in enumerate(pairs_set.texts) if known.isdisjoint(windows(text))]
    pairs_set.texts = [pairs_set.texts[k] for k in kept]
    pairs_set.values, pairs_set.groups = pairs_set.values[kept], pairs_set.groups[kept]
    return sets


def _loaded(folder: Path) -> Iterator[Set]:
    for loader in LOADERS:
        yield loader(folder)
