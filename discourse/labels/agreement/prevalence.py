"""What share of posts really has a label: the machine's labels on all posts, put right by people's on some.

Four shares, each with its interval:

machine
    the machine's own, uncorrected.
coded
    that of the coded posts alone; uses nothing of the machine.
difference
    the machine's share, plus how far people differ from it on average where they coded: the difference
    estimator of surveys (Särndal, Swensson and Wretman 1992, chapter 6), which prediction-powered inference
    makes use of for machines' labels (Angelopoulos et al. 2023, Science 382). Right for any machine, if the
    posts coded were drawn at random.
rogan_gladen
    from sensitivity and specificity as the coded posts show them (Rogan and Gladen 1978, American Journal of
    Epidemiology 107), cut off at 0 and 1. Right if the machine errs elsewhere as it does in the coded posts.
"""

import math
from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from discourse.labels.agreement.bootstrap import (
    FEWEST_THREADS,
    Estimate,
    Resampling,
    clusters_of,
    estimate_of,
    resampled,
)
from discourse.labels.agreement.coefficients import Codes, Floats, share
from discourse.summary.rates import share_interval

ESTIMATORS = ("machine", "coded", "difference", "rogan_gladen")
_FEW = 5  # posts on which a figure may rest without a word


class Gold(Struct, frozen=True, kw_only=True):
    """One label on all posts: what the machine says of each, and people of some."""

    layer: str
    label: str
    marked: Codes  # 1 or 0: the machine's, on all posts that count
    people: Codes  # 1 or 0: most of the coders; -1 where nobody coded, or was not drawn
    weights: Floats  # of coded posts: 1 over the probability of being drawn; 0 for the others
    threads: Codes
    ties: int = 0  # posts left out since coders are split evenly
    missing: str = ""  # why nothing can be said, where posts of a kind were drawn and none of them is coded


class Prevalence(Struct, frozen=True, kw_only=True):
    """A label's shares of posts."""

    layer: str
    label: str
    posts: int
    coded: int
    positives: int  # coded posts that have it by people's word
    ties: int
    missing: str  # see `Gold`
    sensitivity: float
    specificity: float
    shares: Mapping[str, Estimate]  # by estimator
    notes: Mapping[str, str]  # by estimator, what is to be known of it
    resampled: str  # "threads" or "posts"


def prevalence(gold: Gold, resampling: Resampling) -> Prevalence:
    """Estimate what share of posts has a label."""
    columns = _columns(gold)
    whole = _shares(columns.sum(axis=0)[None, :])
    is_coded = gold.people >= 0
    by_thread = len(np.unique(gold.threads[is_coded])) >= FEWEST_THREADS
    drawn = _drawn(columns, gold, by_thread, resampling)
    shares = {
        name: estimate_of(float(whole[name][0]), drawn.get(name, np.empty(0)), resampling)
        for name in ESTIMATORS
    }
    shares = _widened(shares, gold, by_thread)
    sensitivity, specificity = (float(part[0]) for part in _rates(columns.sum(axis=0)[None, :]))
    return Prevalence(
        layer=gold.layer,
        label=gold.label,
        posts=len(gold.marked),
        coded=int(is_coded.sum()),
        positives=int((gold.people == 1).sum()),
        ties=gold.ties,
        missing=gold.missing,
        sensitivity=sensitivity,
        specificity=specificity,
        shares=shares,
        notes=_notes(gold, sensitivity, specificity, shares),
        resampled="threads" if by_thread else "posts",
    )


def _columns(gold: Gold) -> Floats:
    """Return per post 1 and the machine's word; where coded, weighted: 1, people's word, machine's, both."""
    weights = np.where(gold.people >= 0, gold.weights, 0.0)
    people, marked = np.maximum(gold.people, 0), gold.marked
    return np.column_stack(
        [np.ones(len(marked)), marked, weights, weights * people, weights * marked, weights * people * marked]
    ).astype(np.float64)


def _rates(sums: Floats) -> tuple[Floats, Floats]:
    """Return sensitivity and specificity on the coded posts."""
    coded, positive, marked, both = (sums[:, place] for place in (2, 3, 4, 5))
    return share(both, positive), share(coded - positive - marked + both, coded - positive)


def _shares(sums: Floats) -> dict[str, Floats]:
    machine = share(sums[:, 1], sums[:, 0])
    coded = share(sums[:, 3], sums[:, 2])
    sensitivity, specificity = _rates(sums)
    rogan_gladen = share(machine + specificity - 1, sensitivity + specificity - 1)
    return {
        "machine": machine,
        "coded": coded,
        "difference": np.clip(machine + coded - share(sums[:, 4], sums[:, 2]), 0, 1),
        "rogan_gladen": np.clip(rogan_gladen, 0, 1),
    }


def _drawn(columns: Floats, gold: Gold, by_thread: bool, resampling: Resampling) -> dict[str, Floats]:
    """Return the shares in resamples: of threads as they are, or of the coded and the other posts apart."""
    chance = resampling.generator(f"prevalence {gold.layer} {gold.label}")
    is_coded = gold.people >= 0
    if by_thread:
        clusters = clusters_of(np.arange(len(columns)), gold.threads)
        sums = np.zeros((clusters.count, columns.shape[1]))
        np.add.at(sums, clusters.of_unit, columns)
        parts = [sums]
    else:
        parts = [columns[is_coded], columns[~is_coded]]
    if is_coded.sum() < 2:
        return {}
    totals = sum(
        np.concatenate(list(resampled(part, resampling.count, chance))) for part in parts if len(part)
    )
    return _shares(np.asarray(totals))


def _widened(shares: Mapping[str, Estimate], gold: Gold, by_thread: bool) -> dict[str, Estimate]:
    """Return the shares with intervals that do not close where the coded posts happen to hold no exception.

    Resamples of posts that are all alike are all alike: they would give an interval of no width. What
    60 posts without a case leave possible is said by the exact interval (Clopper and Pearson 1934). Of a
    sensitivity that rests on a handful of posts no resample knows how wrong it is: then there is none.
    """
    found = dict(shares)
    is_coded = gold.people >= 0
    coded, positives = int(is_coded.sum()), int((gold.people == 1).sum())
    exact, nothing = share_interval(positives, coded), share_interval(0, coded)
    if exact is None or nothing is None:
        return found
    if positives in (0, coded):
        found["coded"] = replace(shares["coded"], low=exact[0], high=exact[1])
        found["difference"] = _at_least(shares["difference"], *exact)
    elif not by_thread and _is_even(gold):
        found["coded"] = replace(shares["coded"], low=exact[0], high=exact[1])
    if positives < _FEW:
        found["rogan_gladen"] = replace(shares["rogan_gladen"], low=math.nan, high=math.nan)
    if (gold.people == gold.marked)[is_coded].all():
        one = found["difference"]
        found["difference"] = _at_least(one, one.low - nothing[1], one.high + nothing[1])
    return found


def _at_least(one: Estimate, low: float, high: float) -> Estimate:
    """Return an estimate whose interval reaches at least so far, within 0 and 1."""
    return replace(one, low=max(0.0, min(one.low, low)), high=min(1.0, max(one.high, high)))


def _is_even(gold: Gold) -> bool:
    """Say whether all coded posts were drawn with the same probability."""
    return len(np.unique(gold.weights[gold.people >= 0])) == 1


def _notes(
    gold: Gold, sensitivity: float, specificity: float, shares: Mapping[str, Estimate]
) -> dict[str, str]:
    """Return what is to be known of each share."""
    is_coded = gold.people >= 0
    coded, positives = int(is_coded.sum()), int((gold.people == 1).sum())
    differ = int((gold.people[is_coded] != gold.marked[is_coded]).sum())
    notes = {"machine": "uncorrected"}
    if not coded:
        return notes | dict.fromkeys(
            ESTIMATORS[1:], gold.missing or "no post was coded by people who agree on it"
        )
    if not differ:
        notes["difference"] = "people and machine differ nowhere: widened by what so few posts leave possible"
    elif positives in (0, coded):
        notes["difference"] = "coded posts are all alike: widened by what so few leave possible"
    elif differ < _FEW:
        notes["difference"] = f"rests on {differ} post{'s' * (differ > 1)} on which people and machine differ"
    notes["rogan_gladen"] = _rogan_gladen_note(positives, coded, sensitivity, specificity, shares)
    return {name: note for name, note in notes.items() if note}


def _rogan_gladen_note(
    positives: int, coded: int, sensitivity: float, specificity: float, shares: Mapping[str, Estimate]
) -> str:
    one = shares["rogan_gladen"]
    if not positives:
        return "not defined: no coded post has it, so that nothing is known of what the machine misses"
    if positives == coded:
        return "not defined: every coded post has it, so that nothing is known of what it marks wrongly"
    if sensitivity + specificity <= 1:
        return "not defined: on the coded posts the machine does no better than chance"
    notes = []
    if positives < _FEW:
        notes.append(f"no interval: sensitivity rests on {positives} post{'s' * (positives > 1)}")
    if one.value in (0.0, 1.0):
        notes.append(f"cut off at {one.value:.0f}")
    if one.undefined:
        notes.append(f"{one.undefined} of {one.of} resamples give none and are left out")
    return "; ".join(notes)
