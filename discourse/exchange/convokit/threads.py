"""Who answers whom in an export, as ConvoKit's trees need it; ids and times alone are held, no texts."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from discourse.chains import cut_cycles
from discourse.exchange.corpus import Corpus
from discourse.exchange.wanted import wanted_rows
from discourse.tables.rows import parse_time
from discourse.text.gone import is_gone

MISSING = "[missing]"  # who wrote posts that are answered and not here


class Threads(Struct, frozen=True):
    """What a first pass over the posts has seen."""

    parents: Mapping[str, str | None]  # of every post, in their order; without circles
    roots: Mapping[str, str]  # of every post, and of every missing one: what stands at the top of its chain
    times: Mapping[str, int | None]  # seconds since 1970 in UTC; None where the page gave none
    clockless: frozenset[str]  # roots of conversations in which a post has no time
    missing: Mapping[str, int | None]  # posts answered and not here: the time of their first answer
    speakers: Mapping[str, str]  # names in order of first posts: named | gone; nameless ones stand apart
    nameless: Mapping[str, str]  # posts without an author's name, and who stands for it

    def speaker(self, post_id: str, author: str) -> str:
        """Return who speaks, for ConvoKit: the name, or one made for this post alone where it has none."""
        return self.nameless[post_id] if author == "" else author


def survey(corpus: Corpus) -> Threads:
    """Read who answers whom, once over all posts that are wanted."""
    links: dict[str, str | None] = {}
    times: dict[str, int | None] = {}
    speakers: dict[str, str] = {}
    unnamed: list[str] = []
    for row in wanted_rows(corpus):
        links[row["post_id"]] = row["reply_to"]
        times[row["post_id"]] = _seconds(row["timestamp"])
        if row["author"]:
            speakers.setdefault(row["author"], "gone" if is_gone(row["author"]) else "named")
        else:
            unnamed.append(row["post_id"])
    for post_id in cut_cycles(links):
        links[post_id] = None
    roots = roots_of(links)
    return Threads(
        parents=links,
        roots=roots,
        times=times,
        clockless=frozenset(roots[post_id] for post_id, time in times.items() if time is None),
        missing=_missing(links, times),
        speakers=speakers,
        nameless={post_id: free_name(f"[nameless {post_id}]", speakers) for post_id in unnamed},
    )


def roots_of(parents: Mapping[str, str | None]) -> dict[str, str]:
    """Return what stands at the top of each post's chain: a root, or a post that is not here.

    Walks in a loop: chains run past 10,000 replies. `parents` must be free of circles.
    """
    roots: dict[str, str] = {}
    for start in parents:
        path = []
        here = start
        while here not in roots:
            path.append(here)
            up = parents.get(here)
            if up is None:
                roots[here] = here
            else:
                here = up
        roots.update(dict.fromkeys(path, roots[here]))
    return roots


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that nobody bears: the one given, with as many `'` behind it as it takes."""
    while name in taken:
        name += "'"
    return name


def _missing(parents: Mapping[str, str | None], times: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return the posts that are answered and not here, in the order of their first answers."""
    found: dict[str, int | None] = {}
    for post_id, parent in parents.items():
        if parent is not None and parent not in parents:
            known = [time for time in (found.get(parent), times[post_id]) if time is not None]
            found[parent] = min(known, default=None)
    return found


def _seconds(text: str | None) -> int | None:
    moment = parse_time(text)
    return None if moment is None else int(moment.timestamp() // 1)
