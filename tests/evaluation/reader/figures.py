"""How well the reader answers pairs that it did not learn from, as the project's goals count it."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from tests.evaluation.reader.tasks import Task

Points = Mapping[str, tuple[Task, NDArray[np.float32]]]  # by question: held-out pairs, and points of each
_BALANCED = 0.0  # points above which a label of a set with as many texts with it as without is given


def figures_of(found: Points) -> dict[str, float]:
    """Return each figure by its name; sets that nothing was held out of are left out."""
    reached = {}
    for name, (question, sources, measure) in FIGURES.items():
        task, points = found[question]
        chosen = np.array([source in sources for source in task.sources], dtype=np.bool_)
        if chosen.any():
            reached[name] = round(float(measure(task.part(chosen), points[chosen])), 4)
    return reached


def _macro_f1(task: Task, points: NDArray[np.float32]) -> float:
    given = np.where(task.values < 0, -np.inf, points).argmax(axis=1)
    return f1_score(task.values.argmax(axis=1), given, average="macro")


def _of_two(task: Task, points: NDArray[np.float32]) -> float:
    """Return macro-F1 of agree and disagree, among pairs that are one of these."""
    truth = task.values.argmax(axis=1)
    decided = truth < 2
    return f1_score(truth[decided], points[decided, :2].argmax(axis=1), average="macro")


def _pooled(task: Task, points: NDArray[np.float32]) -> float:
    """Return the mean of the F1 of favor and of against, all targets together."""
    truth = task.values.argmax(axis=1)
    return f1_score(truth, points.argmax(axis=1), labels=[0, 1], average="macro")


def _by_target(task: Task, points: NDArray[np.float32]) -> float:
    """Return the mean over targets of the macro-F1 of favor and against."""
    found = []
    for target in sorted(set(task.besides)):
        of = np.array([beside == target for beside in task.besides], dtype=np.bool_)
        found.append(_macro_f1(task.part(of), points[of]))
    return float(np.mean(found))


def _label(place: int) -> Callable[[Task, NDArray[np.float32]], float]:
    """Return the macro-F1 of one label and its absence."""

    def measured(task: Task, points: NDArray[np.float32]) -> float:
        return f1_score(task.values[:, place] == 1, points[:, place] > _BALANCED, average="macro")

    return measured


def _mean_auc(task: Task, points: NDArray[np.float32]) -> float:
    truth = task.values == 1
    kept = [k for k in range(truth.shape[1]) if 0 < truth[:, k].sum() < len(truth)]
    return float(np.mean([roc_auc_score(truth[:, k], points[:, k]) for k in kept]))


def _mean_precision(task: Task, points: NDArray[np.float32]) -> float:
    """Return the mean over labels of the average precision."""
    truth = task.values == 1
    kept = [k for k in range(truth.shape[1]) if truth[:, k].any()]
    return float(np.mean([average_precision_score(truth[:, k], points[:, k]) for k in kept]))


def _contradictions(task: Task, points: NDArray[np.float32]) -> float:
    place = task.labels.index("contradicts")
    return f1_score(task.values[:, place] == 1, points.argmax(axis=1) == place)


_SEMEVAL = ("semeval2016_train", "semeval2016_val")
Measure = Callable[[Task, NDArray[np.float32]], float]
FIGURES: Mapping[str, tuple[str, Sequence[str], Measure]] = {
    "iac_macro_f1": ("reply", ("iac",), _of_two),
    "subreddit_macro_f1": ("reply", ("subreddit",), _macro_f1),
    "coded_macro_f1": ("reply", ("coded",), _macro_f1),
    "rumoureval_macro_f1": ("rumour", ("rumoureval",), _macro_f1),
    "semeval2016_f_avg": ("target", _SEMEVAL, _pooled),
    "pstance_macro_f1": ("target", ("pstance_val",), _by_target),
    "sarcasm_gen_macro_f1": ("sarcasm", ("GEN",), _label(0)),
    "sarcasm_rq_macro_f1": ("sarcasm", ("RQ",), _label(0)),
    "sarcasm_hyp_macro_f1": ("sarcasm", ("HYP",), _label(0)),
    "figlang_reddit_macro_f1": ("sarcasm", ("reddit",), _label(1)),
    "figlang_twitter_macro_f1": ("sarcasm", ("twitter",), _label(2)),
    "unhealthy_mean_auc": ("unhealthy", ("unhealthy",), _mean_auc),
    "cocolofa_macro_f1": ("fallacy", ("cocolofa",), _macro_f1),
    "chain_fallacy_macro_f1": ("chain_fallacy", ("informal",), _macro_f1),
    "ad_hominem_macro_f1": ("ad_hominem", ("chains",), _label(0)),
    "hedge_macro_f1": ("hedge", ("hedging",), _label(0)),
    "whataboutism_auc": ("whataboutism", ("videos",), _mean_auc),
    "persuasion_mean_auc": ("persuasion", ("news",), _mean_auc),
    "disputes_mean_auc": ("disputes", ("disputes",), _mean_auc),
    "moves_mean_auc": ("moves", ("moves",), _mean_auc),
    "sentences_mean_ap": ("sentences", ("sentences",), _mean_precision),
    "ukp_aspect_macro_f1": ("alike", ("ukp",), _label(0)),
    "sick_contradiction_f1": ("entailment", ("sick_trial",), _contradictions),
}
