"""Whether a label means anything in a run: typing errors are refused by name, not taken for new labels."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from discourse.exchange.choices import KNOWN
from discourse.exchange.found import FoundLabel
from discourse.exchange.importing.posts import KnownPost, KnownPosts
from discourse.lexicon.pages import load_pages
from discourse.stored.runs import read_record
from discourse.stored.streaming import stream_rows
from discourse.tables.contract import LAYERS

_LONGEST = 80  # characters of a label
_OUTSIDE = "external"  # the target of words that no post of the page holds


class Meanings:
    """What labels and targets mean something in some runs.

    Parameters
    ----------
    allows_new
        Whether a marker may be one that neither codebook, run nor the user's lexicons know.
    """

    def __init__(self, runs: Iterable[Path], known: KnownPosts, *, allows_new: bool) -> None:
        self._known = known
        self._allows_new = allows_new
        self._markers = set(load_pages())
        self._claims: set[str] = set()
        for run in runs:
            meanings = read_record(run).get("meanings")
            self._markers |= set(meanings) if isinstance(meanings, dict) else set()
            rows = stream_rows(run, "annotations")
            self._markers |= {row["label"] for row in rows if row["layer"] == "rhetoric"}
            self._claims |= {row["claim_id"] for row in stream_rows(run, "claims")}

    def problem(self, label: FoundLabel, post: KnownPost) -> str | None:
        """Return what is wrong with a label of a post; None where nothing is."""
        if label.layer not in LAYERS:
            return f"there is no layer {label.layer[:_LONGEST]!r}; there are {', '.join(LAYERS)}"
        if not label.label.strip() or len(label.label) > _LONGEST or not label.label.isprintable():
            return f"{label.label[:_LONGEST]!r} is no name of a label"
        if label.layer in KNOWN and label.label not in KNOWN[label.layer]:
            known = ", ".join(KNOWN[label.layer])
            return f"{label.label!r} is no label of the layer {label.layer}; there are {known}"
        if label.layer == "rhetoric" and not self._allows_new and label.label not in self._markers:
            near = get_close_matches(label.label.casefold(), sorted(self._markers), n=1)
            meant = f"; is {near[0]} meant?" if near else ""
            return f"there is no marker {label.label!r} (--new-labels takes it as one of your own){meant}"
        return self._target_problem(label, post)

    def _target_problem(self, label: FoundLabel, post: KnownPost) -> str | None:
        target = label.target
        if label.layer == "stance" and not (target or "").strip():
            return f"stance/{label.label} has no target"
        if label.layer == "claim" and target not in self._claims:
            return f"claim/{label.label} has no claim of the run as its target"
        if label.layer == "reply" and target is None and post.reply_to is None:
            return f"reply/{label.label} stands on a post that answers nobody"
        is_post = target in (None, post.reply_to) or self._known.has(str(target))
        if label.layer == "reply" and not is_post:
            return f"reply/{label.label} is about a post that the run does not have"
        if label.layer == "quote" and target != _OUTSIDE and not is_post:
            return f"quote/{label.label} is of a post that the run does not have"
        return None
