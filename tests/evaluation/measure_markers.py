"""Measure the markers' words and rules on public data, and write how often each is wrong for the report.

    python -m tests.evaluation.measure_markers ../shared/data/rhetoric
    python -m tests.evaluation.fit_rhetoric --cards

A text counts as marked where at least one passage is. The public sets define their labels a
little differently from our codebook; each sentence names the set, so that readers can judge.
Writes `discourse/learn/models/error_rates.json`: figures alone, no text.
"""

import csv
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from discourse.analysis.rhetoric.markers import RhetoricMarkers
from discourse.tables import POSTS, Tables, frame_of
from tests.evaluation.draw_marker_hits import interval as share_interval
from tests.evaluation.draw_marker_hits import score
from tests.evaluation.marker_posts import interval, judged

MODEL = Path(__file__).parents[2] / "discourse/learn/models/error_rates.json"
# whose entries were once trimmed with the errors of both halves in sight, so that neither is sealed for them
SEEN = ("hedge", "booster", "name_calling", "loaded_language")
# so rare that their entries were trimmed with all at hand that they marked in the forum: no post was fresh
READ_THROUGH = (
    "disengagement",
    "proposal",
    "generalisation",
    "appeal_to_authority",
    "appeal_to_majority",
    "appeal_to_fear",
)
FEWEST = 5  # passages of which a share is told
MOST = 2000  # texts of a set that are measured, drawn with a fixed seed

Case = tuple[str, bool]  # a text, and whether people gave it the label


def rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(path: Path, name: str, text: str = "text") -> list[Case]:
    return [(row[text], row[name] in ("1", "1.0")) for row in rows(path)]


def fallacy(path: Path, name: str) -> list[Case]:
    return [(row["text"], row["fallacy"] == name) for row in rows(path)]


def dispute_turns(path: Path, start: str) -> list[Case]:
    turns = [
        turn for dispute in json.loads(path.read_text(encoding="utf-8")) for turn in dispute["utterances"]
    ]
    return [
        (turn["text"], any(start in label for label in turn["rebuttal_labels"] + turn["coordination_labels"]))
        for turn in turns
        if turn["text"].strip()
    ]


def tasks(folder: Path) -> Iterator[tuple[str, str, list[Case]]]:
    news = folder / "semeval2023_persuasion.csv"
    comments = folder / "cocolofa_dev.csv"
    disputes = folder / "wikitactics.json"
    unhealthy = folder / "unhealthy_val.csv"
    paragraphs = "news paragraphs (SemEval-2023 task 3)"
    yield (
        "hedge",
        "sentences of Wikipedia (WikiWeasel, CoNLL-2010)",
        column(folder / "hedge_wikiweasel_train.csv", "label"),
    )
    yield "loaded_language", paragraphs, column(news, "Loaded_Language")
    yield "name_calling", paragraphs, column(news, "Name_Calling-Labeling")
    yield "appeal_to_fear", paragraphs, column(news, "Appeal_to_Fear-Prejudice")
    yield "dismissal", "news comments (UCC)", column(unhealthy, "dismissive", "comment")
    yield "generalisation", "news comments (UCC)", column(unhealthy, "generalisation_unfair", "comment")
    yield "appeal_to_authority", "news comments (CoCoLoFa)", fallacy(comments, "appeal to authority")
    yield "appeal_to_majority", "news comments (CoCoLoFa)", fallacy(comments, "appeal to majority")
    yield "whataboutism", "news comments (CoCoLoFa)", fallacy(comments, "appeal to worse problems")
    turns = "turns of Wikipedia disputes (WikiTactics)"
    yield "policing", turns, dispute_turns(disputes, "DH3")
    yield "disengagement", turns, dispute_turns(disputes, "Bailing out")
    yield "proposal", turns, dispute_turns(disputes, "Suggesting a compromise")
    yield "concession", turns, dispute_turns(disputes, "Conceding")
    yield "clarifying_question", turns, dispute_turns(disputes, "Asking questions")


def measure(label: str, where: str, cases: list[Case]) -> str:
    random.Random(0).shuffle(cases)
    cases = cases[:MOST]
    posts = [
        {
            "post_id": str(n),
            "thread_id": "measured",
            "source_id": "measured",
            "position": n + 1,
            "author": "somebody",
            "reply_evidence": "none",
            "text": text,
        }
        for n, (text, _) in enumerate(cases)
    ]
    found = RhetoricMarkers(models=False).analyze(Tables({"posts": frame_of(POSTS, posts)}))["annotations"]
    marked = {int(n) for n in found[found["label"] == label]["post_id"]}
    true = {n for n, (_, yes) in enumerate(cases) if yes}
    hits = len(marked & true)
    precision = hits / len(marked) if marked else 0.0
    recall = hits / len(true) if true else 0.0
    return (
        f"precision {precision:.2f}, recall {recall:.2f} on {len(cases):,} {where}, "
        f"{100 * len(true) / len(cases):.0f} % of which carry the label by people's judgement"
    )


def read_in_full(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield of each label what an analysis finds and marks in posts that two coders read in full."""
    for label, cases in judged(shared, "sealed").items():
        found, sure, right, marked = np.array([case.counts for case in cases]).sum(axis=0)
        passages = sum(len(case.sure) for case in cases)
        if passages < FEWEST:
            continue
        low, high = interval(cases, 0, 1)
        words = (
            f"in {len(cases)} forum posts (IAC) read in full it finds {found / sure:.2f} ({low:.2f} to "
            f"{high:.2f}) of the {passages} passages that both coders saw"
            + (" (its entries were trimmed with these posts in sight)" if label in SEEN else "")
        )
        if sum(len(case.marked) for case in cases) >= FEWEST:
            words += f", and {right / marked:.2f} of what it marks there is right"
        yield label, words


def read_alone() -> Iterator[tuple[str, str]]:
    """Yield of each label how many of the passages that were judged one by one are right."""
    for label, (right, number) in score().items():
        low, high = share_interval(right, number)
        words = (
            f"{right} of {number} passages drawn at random from forum posts (IAC) were right to one reader "
            f"({low:.2f} to {high:.2f})"
        )
        if label in READ_THROUGH:
            words += ", expect less elsewhere: its entries were trimmed with these posts at hand"
        yield label, words


def main(folder: Path) -> None:
    figures = {label: measure(label, where, cases) for label, where, cases in tasks(folder)}
    for label, words in read_in_full(folder.parent.parent):
        figures[label] = "; ".join([words, *([figures[label]] if label in figures else [])])
    for label, words in read_alone():
        figures[label] = "; ".join([words, *([figures[label]] if label in figures else [])])
    others = json.loads(MODEL.read_text(encoding="utf-8"))  # what other scripts measured, such as camps
    MODEL.write_text(json.dumps({**others, **figures}, indent=2) + "\n", encoding="utf-8")
    for label, words in figures.items():
        print(f"{label:<20} {words}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
