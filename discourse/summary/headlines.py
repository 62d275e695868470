"""The few lines that sum up a run in a terminal."""

from math import isnan

from discourse.summary.figures import RUN
from discourse.tables import Tables

_EVIDENCES = ("explicit", "quote", "mention", "indent", "inferred")


def headlines(tables: Tables) -> list[tuple[str, str]]:
    """Return name and words of each line, from the `summary` table alone.

    Lines stand for posts, authors, replies, stances, markers, loops and, where there are
    any, faults.
    """
    summary = tables["summary"]
    here = summary[(summary["unit_kind"] == RUN[0]) & (summary["unit_id"] == RUN[1])]
    figures = dict(zip(here["metric"], here["value"], strict=True))
    lines = [
        ("posts", _posts(figures)),
        ("authors", _count(figures, "authors")),
        ("reply links", _links(figures)),
        ("answers", _several(figures, "replies.", ("agree", "disagree", "neither"))),
        ("stances", _several(figures, "stances.", ("favor", "against", "mixed"), "author-target pairs")),
        ("markers", _markers(figures)),
        ("loops", _loops(tables)),
    ]
    if figures.get("faults"):
        lines.append(("faults", f"{_count(figures, 'faults')}, see tables/faults.csv"))
    return lines


def _count(figures: dict[str, float], metric: str) -> str:
    return f"{figures.get(metric, 0) or 0:,.0f}"


def _posts(figures: dict[str, float]) -> str:
    found, stated = _count(figures, "posts_found"), figures.get("posts_stated")
    if stated is None or isnan(stated):  # the page states no number
        return f"{found} found, the page states no number"
    return f"{found} found, {stated:,.0f} stated"


def _links(figures: dict[str, float]) -> str:
    parts = [
        f"{_count(figures, f'links.{kind}')} {kind}" for kind in _EVIDENCES if figures.get(f"links.{kind}")
    ]
    return f"{_count(figures, 'links')}: {', '.join(parts)}" if parts else "none"


def _several(figures: dict[str, float], prefix: str, labels: tuple[str, ...], unit: str = "posts") -> str:
    parts = [f"{_count(figures, prefix + label)} {label}" for label in labels if figures.get(prefix + label)]
    return f"{', '.join(parts)} ({unit})" if parts else "none"


def _markers(figures: dict[str, float]) -> str:
    labels = sorted(
        (metric.removeprefix("markers.") for metric in figures if metric.startswith("markers.")),
        key=lambda label: (-figures[f"markers.{label}"], label),
    )
    most = ", ".join(f"{_count(figures, f'markers.{label}')} {label}" for label in labels[:4])
    more = f" and {len(labels) - 4} other kinds" if len(labels) > 4 else ""
    return f"{_count(figures, 'markers')}: {most}{more}" if labels else "none"


def _loops(tables: Tables) -> str:
    loops = tables["loops"].to_dict("records")
    if not loops:
        return "none"
    asked = "; ".join(f"{loop['question']} ({loop['turns']} turns, {loop['state']})" for loop in loops[:3])
    return f"{len(loops)}: {asked}{' …' if len(loops) > 3 else ''}"
