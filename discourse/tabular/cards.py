"""What a trained model's card says: what it learned from, how well, and what not to trust it with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse import __version__
from discourse.errors import DiscourseError
from discourse.learn.evaluating import would_more_help
from discourse.learn.examples import number_of
from discourse.learn.training import Learned, Settings
from discourse.tabular.labelled import Labelled
from discourse.text.language import language_of

_LOOKED_AT = 2_000  # texts whose language is told
_LEAST_LANGUAGE = 0.05  # of these
_LONGEST = 60  # characters of what is no date that an error shows


class About(Struct, frozen=True):
    """What the user says of his labels."""

    licence: str | None = None
    date: str | None = None  # such as 2026-11-22; never the clock's

    def check(self) -> None:
        """Make sure that the date is one as ISO 8601 writes it.

        Raises
        ------
        DiscourseError
            Where it is another text.
        """
        try:
            is_date = self.date is None or date.fromisoformat(self.date).isoformat() == self.date
        except ValueError:
            is_date = False
        if not is_date:
            shown = repr((self.date or "")[:_LONGEST])
            raise DiscourseError(where="--date", problem=f"{shown} is no date", fix="Write it as 2026-11-22")


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def card_of(
    task: str,
    path: Path,
    labelled: Labelled,
    learned: Learned,
    *,
    settings: Settings,
    about: About,
    figures: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the card of a model that was just trained, without what `trained.packed` says of its inside."""
    examples = labelled.examples
    languages = languages_in(examples.inputs.texts)
    return {
        "task": task,
        "labels": list(examples.labels),
        "label_rows": labelled.counts,
        "rows": len(examples),
        "languages": languages,
        "data": [
            {
                "name": path.name,
                "licence": about.licence or "not stated",
                "rows": len(examples),
                "sha256": sum_of(path),
            }
        ],
        "split": {
            "by": labelled.grouped_by,
            "groups": len(set(examples.groups)),
            "folds": settings.folds,
            "seed": settings.seed,
        },
        "figures": {
            **figures["figures"],
            "calibration_error": figures["calibration"]["error"],
            "majority_macro_f1": figures["baselines"]["majority"]["macro_f1"],
            "lexicons_macro_f1": figures["baselines"]["lexicons"]["macro_f1"],
        },
        "limits": _limits(labelled, learned, figures, languages),
        "date": about.date,
        "seed": settings.seed,
        "version": __version__,
    }


def languages_in(texts: Sequence[str]) -> list[str]:
    """Name the languages of texts (ISO 639-1), the most frequent first; rare ones are left out."""
    looked = texts[:: max(1, len(texts) // _LOOKED_AT)]
    counts = Counter(language for text in looked if (language := language_of(text)) is not None)
    known = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [language for language, count in ordered if count >= _LEAST_LANGUAGE * known]


def _limits(
    labelled: Labelled, learned: Learned, figures: Mapping[str, Any], languages: Sequence[str]
) -> list[str]:
    examples = labelled.examples
    spoken = ", ".join(languages) or "languages that could not be told"
    limits = [
        f"Learned from {number_of(len(examples), 'row')} in {spoken}; of other languages and topics nothing "
        "is known."
    ]
    if labelled.grouped_by == "row":
        limits.append(
            "Rows were split one by one: on new threads and authors it may be worse than its figures."
        )
    low, high = figures["figures"]["macro_f1_interval"] or (0.0, 1.0)
    if high - low > 0.1:
        limits.append(f"The figures rest on few rows: macro-F1 lies between {low:.2f} and {high:.2f}.")
    best = max(found["macro_f1"] for found in figures["baselines"].values())
    if figures["figures"]["macro_f1"] <= best:
        limits.append("It does no better than a baseline: do not use it.")
    if would_more_help(figures["learning_curve"]):
        limits.append("More labels would still help.")
    if learned.head.is_choice and len({float(cut) for cut in learned.cuts}) > 1:
        limits.append(
            "Rare labels are favoured: a row gets the label whose score is the most times its cut, "
            "which need not be the highest score."
        )
    return limits
