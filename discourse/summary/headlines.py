"""The few lines that sum up a run in a terminal: no more than fit a screen of 24 lines of 80 columns."""

import unicodedata
from collections.abc import Sequence
from math import isnan

from discourse.summary.corrections import ACTIONS
from discourse.summary.facts import preferred, records
from discourse.summary.figures import RUN
from discourse.tables import Tables

WIDTH = 61  # columns for the words of a line, with the name before them 79
MOST_LOOPS = 5
_SURE = 0.5  # score from which a loop is named before those of a lower one
_SIDES = ("favor", "against", "mixed")
_EVIDENCES = ("explicit", "quote", "mention", "indent", "inferred")


def headlines(tables: Tables, width: int = WIDTH) -> list[tuple[str, str]]:
    """Return name and words of each line, from the tables `summary` and `loops` alone.

    Lines stand for posts, authors, reply links, answers, stances, markers, loops and, where there are any,
    people's corrections and faults. A line without a name goes on with what the one before it begins.

    Parameters
    ----------
    width
        Columns of a terminal that the words of a line may take.
    """
    figures = _figures(tables)
    lines = [
        ("posts", _posts(figures)),
        ("authors", _count(figures, "authors")),
        ("reply links", _links(figures, width)),
        ("answers", _several(figures, "replies.", ("agree", "disagree", "neither"))),
        ("stances", shortened(_several(figures, "stances.", _SIDES, "author-target pairs"), width)),
        ("markers", _markers(figures, width)),
        *_loops(tables, width),
    ]
    if figures.get("correctors"):
        lines += _corrections(figures, width)
    if figures.get("faults"):
        lines.append(("faults", f"{_count(figures, 'faults')}, see tables/faults.csv"))
    return lines


def in_brief(tables: Tables, width: int = WIDTH) -> list[tuple[str, str]]:
    """Return two lines for one of several sources: what was found, and the foremost dispute."""
    figures = _figures(tables)
    posts = _posts(figures).removesuffix(", the page states no number")
    found = f"{posts}; {_count(figures, 'authors')} authors, {_count(figures, 'links')} links"
    if figures.get("links_guessed"):
        found += f" ({_count(figures, 'links_guessed')} guesses)"
    return [("posts", shortened(found, width)), _loops(tables, width, most=1)[0]]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide signs two, marks on others none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def shortened(text: str, width: int) -> str:
    """Return a text on one line of so many columns, cut at a blank where one is near, with … at its end."""
    text = " ".join(text.split())
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 2:
        text = text[: -max(1, (columns(text) - width + 2) // 2)]
    at_blank = text.rpartition(" ")[0]
    return (at_blank if len(at_blank) > 0.7 * len(text) else text).rstrip(" ,;:") + " …"


def _figures(tables: Tables) -> dict[str, float]:
    summary = tables["summary"]
    here = summary[(summary["unit_kind"] == RUN[0]) & (summary["unit_id"] == RUN[1])]
    return dict(zip(here["metric"], here["value"], strict=True))


def _count(figures: dict[str, float], metric: str) -> str:
    return f"{figures.get(metric, 0) or 0:,.0f}"


def _posts(figures: dict[str, float]) -> str:
    found, stated = _count(figures, "posts_found"), figures.get("posts_stated")
    if stated is None or isnan(stated):  # the page states no number
        return f"{found} found, the page states no number"
    return f"{found} found, {stated:,.0f} stated"


def _corrections(figures: dict[str, float], width: int) -> list[tuple[str, str]]:
    """Count what people decided, by kinds; on as many lines as it takes, each cut between two kinds."""
    people = figures["correctors"]
    who = "1 person" if people == 1 else f"{people:,.0f} people"
    parts = [
        f"{figures[f'corrections.{action}']:,.0f} {words[figures[f'corrections.{action}'] != 1]}"
        for action, words in ACTIONS.items()
        if figures.get(f"corrections.{action}")
    ]
    lead = f"{_count(figures, 'corrections')} by {who}: "
    lines = [lead]
    for part in parts:
        ends = "" if part is parts[-1] else ", "
        if columns(lines[-1] + part + ends.rstrip()) > width and lines[-1].strip():
            lines.append(" " * len(lead))
        lines[-1] += part + ends
    return [("" if number else "corrections", line.rstrip(" :")) for number, line in enumerate(lines)]


def _links(figures: dict[str, float], width: int) -> str:
    parts = [
        f"{_count(figures, f'links.{kind}')} {kind}" for kind in _EVIDENCES if figures.get(f"links.{kind}")
    ]
    return shortened(f"{_count(figures, 'links')}: {', '.join(parts)}", width) if parts else "none"


def _several(figures: dict[str, float], prefix: str, labels: tuple[str, ...], unit: str = "posts") -> str:
    parts = [f"{_count(figures, prefix + label)} {label}" for label in labels if figures.get(prefix + label)]
    return f"{', '.join(parts)} ({unit})" if parts else "none"


def _markers(figures: dict[str, float], width: int) -> str:
    """Name the most frequent markers, as many as fit, and count the other kinds."""
    labels = sorted(
        (metric.removeprefix("markers.") for metric in figures if metric.startswith("markers.")),
        key=lambda label: (-figures[f"markers.{label}"], label),
    )
    if not labels:
        return "none"
    named = [f"{_count(figures, f'markers.{label}')} {label.replace('_', ' ')}" for label in labels]
    fitting = (
        words
        for most in range(min(4, len(named)), 0, -1)
        if columns(words := _named(_count(figures, "markers"), named, most)) <= width
    )
    return next(fitting, shortened(_named(_count(figures, "markers"), named, 1), width))


def _named(total: str, named: Sequence[str], most: int) -> str:
    left = len(named) - most
    more = f" and {left} other kind{'s' if left > 1 else ''}" if left else ""
    return f"{total}: {', '.join(named[:most])}{more}"


def _loops(tables: Tables, width: int, most: int = MOST_LOOPS) -> list[tuple[str, str]]:
    """Name the loops, one a line: surer ones first, then those of more turns."""
    loops = records(preferred(tables["loops"], ["loop_id"]))
    if not loops:
        return [("loops", "none")]
    loops.sort(key=lambda loop: (loop["score"] < _SURE, -loop["turns"]))
    lead = f"{len(loops)}: "
    lines = []
    for loop in loops[:most]:
        doubt = ", unsure" if loop["score"] < _SURE else ""
        facts = f" ({loop['turns']} turns, {loop['state'].replace('_', ' ')}{doubt})"
        lines.append(shortened(loop["question"], width - len(lead) - len(facts)) + facts)
    found = [("loops", lead + lines[0]), *(("", " " * len(lead) + line) for line in lines[1:])]
    if len(loops) > most > 1:
        found.append(("", " " * len(lead) + f"and {len(loops) - most} more, in the report"))
    return found
