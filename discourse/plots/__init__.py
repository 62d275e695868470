"""Table to Figure: no pyplot state, no file writing; seaborn and matplotlib stand here only.

Importing this package loads neither of the two; they are loaded by the first figure.
"""

from discourse.plots.camps import camp_ties
from discourse.plots.disputes import novelty
from discourse.plots.evaluation import calibration_plot, learning_curve_plot
from discourse.plots.glance import activity
from discourse.plots.rates import rate_whiskers
from discourse.plots.svg import svg_of

__all__ = [
    "activity",
    "calibration_plot",
    "camp_ties",
    "learning_curve_plot",
    "novelty",
    "rate_whiskers",
    "svg_of",
]
