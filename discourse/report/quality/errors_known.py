"""How often each kind of label is wrong, as far as anybody has measured it."""

import re
from collections.abc import Mapping

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.words import counted, listed, plain

_LEADS = re.compile(r"([\d,]+) (?:of ([\d,]+)|%) ")  # how a clause begins that says how many were right

# kind of label: its name here; the figure of the summary that says how many there are, and what these are
_KINDS: dict[str, tuple[str, str, str]] = {
    "posts": ("Comments told apart", "posts_found", "comment"),
    "links": ("Who answers whom", "links", "link"),
    "quote": ("Quotations", "quotes", "quotation"),
    "reply": ("Agreement with the post answered", "replies", "answer"),
    "stance": ("Stance towards a target", "stances", "stance"),
    "camps": ("Two camps", "authors_in_camps", "author"),
    "rhetoric": ("Rhetoric markers", "markers", "marker"),
    "claim": ("Claims asserted or denied", "claims", "claim"),
    "loops": ("Disputes in circles", "loops", "dispute"),
    "novelty": ("What a restatement brings", "restatements", "restatement"),
    "ends": ("How disputes end", "loops", "dispute"),
    "events": ("Turning points of a thread", "", ""),
    "context": ("What articles say on a dispute", "", ""),
    "languages": ("The language of a comment", "", ""),
}
_SIDES = ("favor", "against", "mixed")


class Layer(Struct, frozen=True):
    """What was measured of one kind of label."""

    name: str
    here: str  # how many of them this report holds; empty where the summary does not count them
    first: str  # the main figure; empty where nothing was measured
    rest: str  # what else was measured; empty where nothing


class Known(Struct, frozen=True):
    """What is known of the errors of all labels."""

    layers: list[Layer]
    audit: str  # on dialects, in a sentence


def errors_known(book: Book, error_rates: Mapping[str, object]) -> Known:
    """Say of each kind of label how many there are and how often such are wrong.

    Parameters
    ----------
    error_rates
        Of the run's record (see `learn.figures.error_rates`). What it does not name was not measured.
    """
    counts = {kind: _count(book, kind) for kind in _KINDS}
    return errors_of(counts, book.count("links_guessed"), error_rates)


def errors_of(counts: Mapping[str, int], guessed: int, error_rates: Mapping[str, object]) -> Known:
    """Say the same where labels were counted elsewhere.

    Parameters
    ----------
    counts
        How many there are of each kind: posts, links, quote, reply, stance, camps, rhetoric, claim, loops,
        novelty, ends.
    guessed
        Links that are a guess.
    """
    return Known([_layer(kind, counts, guessed, error_rates) for kind in _KINDS], _audit(error_rates))


def weakest(book: Book, error_rates: Mapping[str, object]) -> str:
    """Return the clause on the kind of label of this report that was right least often; empty where none."""
    shares: list[tuple[float, str]] = []
    for kind in _KINDS:
        first = _measured(kind, error_rates).partition("; ")[0]
        share = _share(first)
        if share is not None and (kind != "links" or book.count("links_guessed")) and _count(book, kind):
            shares.append((share, first))
    return min(shares, default=(0.0, ""))[1]


def _share(clause: str) -> float | None:
    found = _LEADS.match(clause)
    if found is None:
        return None
    right, of = (int((group or "100").replace(",", "")) for group in found.groups())
    return right / of if of else None


def _measured(kind: str, error_rates: Mapping[str, object]) -> str:
    # what is said of camps and of inferred disputes also stands with these, and keeps their names
    said = (str(error_rates[name]) for name in (f"layer.{kind}", kind) if error_rates.get(name))
    return "; ".join(said)


def _count(book: Book, kind: str) -> int:
    metric = _KINDS[kind][1]
    if kind == "stance":
        return sum(book.count(f"stances.{side}") for side in _SIDES)
    return book.count(metric) if metric else 0


def _layer(kind: str, counts: Mapping[str, int], guessed: int, error_rates: Mapping[str, object]) -> Layer:
    name, metric, one = _KINDS[kind]
    here = counted(counts.get(kind, 0), one) if metric else ""
    if kind == "links" and counts.get(kind):
        here += f", {guessed:,} guessed"
    first, _, rest = _measured(kind, error_rates).partition("; ")
    return Layer(name, here, first, rest)


def _audit(error_rates: Mapping[str, object]) -> str:
    labels = [plain(name.partition(".")[2]) for name in error_rates if name.startswith("audit.")]
    if not labels:
        return (
            "Not audited for dialects: no label was, neither those of words and rules nor those of models. "
            "What was measured rests on English as it is written in a few forums and news pages; how often a "
            "label is wrong on other Englishes, or on second-language writers, is unknown."
        )
    return f"Audited for dialects: {listed(labels)}. All other labels were not."
