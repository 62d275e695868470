"""What the cards of the models of rhetoric say, and from which share a label is given."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

DATE = "2026-11-22"
DATA = {
    "sarcasm": "Sarcasm V2 GEN, RQ and HYP (Oraby et al. 2016), FigLang 2020 shared task, Reddit (Ghosh "
    "et al. 2020); no licence stated",
    "tone": "UCC, validation part (Price et al. 2020, CC BY-NC-SA 4.0); last posts of Reddit chains "
    "(Habernal et al. 2018, Apache-2.0)",
    "fallacies": "CoCoLoFa, development part (Yeh et al. 2024), no licence stated; whataboutism under "
    "YouTube videos (Phi et al. 2024, MIT)",
    "hedging": "WikiWeasel, training part (CoNLL-2010 task 1, Farkas et al. 2010); no licence stated",
    "persuasion": "SemEval-2023 task 3, English paragraphs (Piskorski et al. 2023); research use",
    "disputes": "WikiTactics (De Kock et al. 2022); no licence stated",
}
TAUGHT = (
    "; the points of heads that the other sets teach are features too (all sets above, fallacies on "
    "Reddit of Sahai et al. 2021, MIT, and pairs of IAC v1 of Walker et al. 2012); weights of hashed "
    "columns only, no text"
)
VECTORS = (
    "; vectors of words, learned without labels from 89,000 posts of IAC v1, 100,000 of Reddit and the "
    "texts of all sets (which words stand near which more often than by chance), are features too"
)
WITH_VECTORS = ("sarcasm", "tone", "fallacies", "persuasion", "disputes")  # as `fit_rhetoric.VECTORS`
SPLIT = {
    "sarcasm": "five folds; texts that share fifty letters in a row are in one fold, whichever file they "
    "stand in (Sarcasm V2); threads whole (FigLang)",
    "tone": "five folds; texts that share fifty letters in a row are in one fold; chains by the text of "
    "their last post alone, removed posts left out",
    "fallacies": "five folds by article (CoCoLoFa); five folds over both files (YouTube), threshold inside",
    "hedging": "five folds of sentences, like ones together, threshold chosen inside",
    "persuasion": "five folds of paragraphs, like ones together, threshold chosen inside",
    "disputes": "five folds by dispute",
}
FIGURES = {
    "sarcasm": "macro-F1",
    "tone": "area under the curve (unhealthy: the mean of six), accuracy (ad_hominem)",
    "fallacies": "nine-way macro-F1 (fallacies), F1 (whataboutism)",
    "hedging": "F1 of uncertain sentences",
    "persuasion": "F1 each",
    "disputes": "average precision each; .base is the share of turns",
}
LIMITS = {
    "sarcasm": "English; what is mocked mostly lies outside the text: of posts that an earlier "
    "version named half were none; show the score, never the label alone",
    "tone": "English; comments on Canadian news and Reddit debates; a rude tone towards third persons is "
    "taken for one towards the person answered",
    "fallacies": "English; comments written for the set by crowd workers, each with one fallacy: real "
    "comments are less plain; whataboutism knows one war and one country's politics",
    "hedging": "English; sentences of an encyclopedia: first-person hedges are rarer there than in comments",
    "persuasion": "English; paragraphs of partisan news",
    "disputes": "English; talk pages of an encyclopedia, whose rules and words it knows; a shift of "
    "topic is told no better than by chance",
}
# label: family, heads, and the share from which the label is given (none: where its F1 is best)
MARKERS: dict[str, tuple[str, tuple[str, ...], float | None]] = {
    "sarcasm": (
        "sarcasm",
        (
            "sarcasm.GEN",
            "sarcasm.HYP",
            "sarcasm.RQ",
            "replies.replies",
        ),
        0.71,
    ),
    "ad_hominem": (
        "tone",
        (
            "chains.ad_hominem",
            "unhealthy.antagonize",
        ),
        0.73,
    ),
    "dismissal": ("tone", ("unhealthy.dismissive",), 0.4),
    "condescension": ("tone", ("unhealthy.condescending",), 0.32),
    "generalisation": ("tone", ("unhealthy.generalisation_unfair",), None),
    "whataboutism": (
        "fallacies",
        (
            "videos.whataboutism",
            "news.appeal to worse problems",
        ),
        None,
    ),
    "appeal_to_authority": ("fallacies", ("news.appeal to authority",), None),
    "appeal_to_majority": ("fallacies", ("news.appeal to majority",), None),
    "faulty_inference": (
        "fallacies",
        (
            "news.slippery slope",
            "news.false dilemma",
            "news.hasty generalization",
        ),
        None,
    ),
    "hedge": ("hedging", ("hedging.hedge",), None),
    "name_calling": ("persuasion", ("paragraphs.name_calling",), None),
    "loaded_language": ("persuasion", ("paragraphs.loaded_language",), 0.75),
    "appeal_to_fear": ("persuasion", ("paragraphs.appeal_to_fear",), None),
    "policing": ("disputes", ("disputes.policing",), None),
    "concession": ("disputes", ("moves.concession",), None),
    "clarifying_question": ("disputes", ("moves.clarifying_question",), None),
    "proposal": ("disputes", ("moves.proposal",), None),
    "disengagement": ("disputes", ("disputes.disengagement",), None),
}
BY_MODEL = "by the model: "
MEASURED = {  # of each marker, the figure on its card and what it is
    "sarcasm": ("GEN", "macro-F1", "forum posts (Sarcasm V2)"),
    "ad_hominem": ("ad_hominem", "accuracy", "last posts of Reddit chains, half of which carry the label"),
    "dismissal": ("unhealthy.dismissive", "area under the curve", "news comments (UCC)"),
    "condescension": ("unhealthy.condescending", "area under the curve", "news comments (UCC)"),
    "generalisation": ("unhealthy.generalisation_unfair", "area under the curve", "news comments (UCC)"),
    "whataboutism": ("whataboutism", "F1", "YouTube comments"),
    "appeal_to_authority": ("fallacies", "nine-way macro-F1", "news comments (CoCoLoFa)"),
    "appeal_to_majority": ("fallacies", "nine-way macro-F1", "news comments (CoCoLoFa)"),
    "faulty_inference": ("fallacies", "nine-way macro-F1", "news comments (CoCoLoFa)"),
    "hedge": ("hedge", "F1", "sentences of Wikipedia (WikiWeasel)"),
    "name_calling": ("news.name_calling", "F1", "news paragraphs (SemEval-2023 task 3)"),
    "loaded_language": ("news.loaded_language", "F1", "news paragraphs (SemEval-2023 task 3)"),
    "appeal_to_fear": ("news.appeal_to_fear", "F1", "news paragraphs (SemEval-2023 task 3)"),
    **{
        label: (f"disputes.{label}", "average precision", "turns of Wikipedia disputes (WikiTactics)")
        for label in ("policing", "concession", "clarifying_question", "proposal", "disengagement")
    },
}


TRIED = {  # of each family, what brought nothing
    "sarcasm": "n-grams of letters with marks and capitals, of 6-7 letters, pairs of words with gaps, heads "
    "of other sets; embeddings of all-MiniLM-L6-v2 beside the features bring 0.016 macro-F1 more, and take "
    "60 ms a text; that model's vectors of single words bring 0.002",
    "hedging": "embeddings of sentences, vectors of words, n-grams of four words, longer rows for longer "
    "sentences",
}


def sentence_of(label: str, card: Mapping[str, Any]) -> str:
    """Say how often a marker's model is wrong, and on what."""
    figure, kind, where = MEASURED[label]
    return f"{kind} {card['figures'][figure]:.2f} on {where} over five folds"


def markers_of(family: str, best: Mapping[str, float]) -> dict[str, Any]:
    """Return what a card says of its markers; `best` holds the log-odds at which each head's F1 is best."""
    found = {}
    for label, (of, heads, least) in MARKERS.items():
        if of == family:
            odds = sum(best[head] for head in heads) / len(heads)
            share = least if least is not None else round(1 / (1 + math.exp(-odds)), 4)
            found[label] = {"heads": list(heads), "least": share}
    return found


def card_of(
    family: str,
    heads: Sequence[str],
    figures: Mapping[str, float],
    baselines: Mapping[str, float],
    *,
    best: Mapping[str, float],
    data: str,
) -> dict[str, Any]:
    """Return the card of one family."""
    measured = {
        "labels": list(heads),
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "baselines": {name: round(value, 4) for name, value in baselines.items()},
        "best": {head: round(value, 4) for head, value in best.items()},
        "data_sha256": data,
    }
    return said_again(family, measured)


def said_again(family: str, measured: Mapping[str, Any]) -> dict[str, Any]:
    """Return a card with what was measured, and all else as this file says it."""
    markers = markers_of(family, measured["best"])
    for label, marker in markers.items():
        marker["measured"] = sentence_of(label, measured)
    return {
        "task": f"rhetoric markers: {family}",
        "labels": measured["labels"],
        "languages": ["en"],
        "data": DATA[family] + TAUGHT + (VECTORS if family in WITH_VECTORS else ""),
        "data_sha256": measured["data_sha256"],
        "split": SPLIT[family],
        "method": "ridge regression on hashed n-grams (words and marks 1-3, letters 2-5), what sentences "
        "begin and end with, hand-written cues, points of other sets' heads and vectors of words, all folded "
        "into one weight a column; the columns that tell most, in 8 bits",
        "tried": TRIED.get(family, ""),
        "measured": FIGURES[family],
        "figures": measured["figures"],
        "baselines": measured["baselines"],
        "limits": LIMITS[family],
        "date": DATE,
        "seed": 0,
        "best": measured["best"],
        "markers": markers,
    }


def space_card(data: str) -> dict[str, Any]:
    """Return the card of what all families count."""
    return {
        "task": "what the models of rhetoric count: how rare n-grams are, how common cues are",
        "labels": [],
        "languages": ["en"],
        "data": "all sets named on the other cards of rhetoric; counts of hashed columns only, no text",
        "data_sha256": data,
        "split": "none: nothing is judged here",
        "figures": {},
        "limits": "English",
        "date": DATE,
        "seed": 0,
    }
