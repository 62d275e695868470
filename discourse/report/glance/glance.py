"""The whole thread in a few pictures: where its disputes run, who answers whom, when."""

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.words import counted, listed
from discourse.report.glance.activity import Activity, activity_of
from discourse.report.glance.bins import Binned, Tenth, binned, tenths
from discourse.report.glance.conversations import Talks, talks
from discourse.report.glance.lineup import CAMPS, MOST_ROWS, SIGNS, Lineup, lineups
from discourse.report.glance.strip import MOST, Strip, strip
from discourse.summary import part_of

MOST_THREADS = 6
_NAMED = 5  # disputes of which it is said in words where they run


class ThreadGlance(Struct, frozen=True):
    """One thread as pictures, each with words that say the same."""

    number: int  # of the thread in the report, from 1
    facts: list[tuple[str, str]]  # what it is about, and a sentence or two
    strip: Strip | None  # a mark a post; None where there are too many
    binned: Binned | None  # many posts a bin; None where each has its mark
    undrawn: str  # disputes that have no row; empty where all have one
    heads: list[str]
    tenths: list[Tenth]  # none of a short thread
    talks: Talks
    activity: Activity | None  # None where no time is known


class Glance(Struct, frozen=True):
    """The threads of a report that are drawn, in its order."""

    threads: list[ThreadGlance]
    left_out: str  # empty where all are drawn


def glance(book: Book) -> Glance:
    """Draw every thread, or those with most posts where there are many."""
    sizes = {thread_id: len(posts) for thread_id, posts in book.threads.items()}
    largest = set(sorted(sizes, key=lambda thread_id: -sizes[thread_id])[:MOST_THREADS])
    drawn = [thread_id for thread_id in sizes if thread_id in largest]
    return Glance([_thread(line) for line in lineups(book, drawn)], _left_out(sizes, drawn))


def _left_out(sizes: dict[str, int], drawn: list[str]) -> str:
    others = len(sizes) - len(drawn)
    if not others:
        return ""
    held = sum(sizes.values()) - sum(sizes[thread_id] for thread_id in drawn)
    return (
        f"Drawn are the {len(drawn)} threads with most posts of {len(sizes):,}. "
        f"{counted(others, 'more thread')} with {counted(held, 'post')} stand under all posts, "
        "and in tables/posts.csv."
    )


def _thread(line: Lineup) -> ThreadGlance:
    few = len(line.posts) <= MOST
    heads, parts = tenths(line)
    return ThreadGlance(
        number=line.number,
        facts=[("Posts", _replies(line)), ("Camps", _placed(line)), ("Disputes", _disputes(line))],
        strip=strip(line) if few else None,
        binned=None if few else binned(line),
        undrawn=_undrawn(len(line.loops) - MOST_ROWS),
        heads=heads,
        tenths=parts,
        talks=talks(line),
        activity=activity_of(line),
    )


def _undrawn(more: int) -> str:
    return counted(more, "more dispute stands below.", "more disputes stand below.") if more > 0 else ""


def _replies(line: Lineup) -> str:
    book, unit = line.book, line.unit
    posts, authors = book.count("posts_found", unit), book.count("authors", unit)
    told = f"{counted(posts, 'post')} by {counted(authors, 'author')}."
    agree, disagree, neither = (book.count(f"replies.{name}", unit) for name in SIGNS[:3])
    links, roots = book.count("links", unit), book.count("roots", unit)
    nobody = f"{counted(roots, 'post answers', 'posts answer')} nobody."
    known = agree + disagree + neither
    if not known:
        return f"{told} {nobody}" + (" Of no answer can it be told whether it agrees." if links else "")
    unknown = f"; of {links - known:,} it cannot be told" if links > known else ""
    return (
        f"{told} Of {counted(max(links, known), 'answer')}, {disagree:,} disagree with the post answered, "
        f"{agree:,} agree and {neither:,} take no side{unknown}. {nobody[0].upper()}{nobody[1:]}"
    )


def _placed(line: Lineup) -> str:
    book, unit = line.book, line.unit
    placed = book.count("authors_in_camps", unit)
    if not placed:
        return "No author could be placed in a camp."
    held = [
        f"camp {camp}: {counted(book.count(f'authors_in_camps.{camp}', unit), 'author')} with "
        f"{counted(book.count('posts', ('side', part_of(line.thread_id, str(camp)))), 'post')}"
        for camp in CAMPS
    ]
    of_all = f"{placed:,} of {counted(book.count('authors', unit), 'author')}"
    return f"{of_all} {'is' if placed == 1 else 'are'} placed in a camp ({', '.join(held)})."


def _disputes(line: Lineup) -> str:
    inside = line.book.count("posts_in_loops", line.unit)
    if not line.loops:
        return "No dispute that goes round in circles was found."
    runs = []
    for here in line.loops[:_NAMED]:
        places = [line.places[turn.post_id] for turn in here.turns]
        runs.append(
            f"dispute {here.number} from #{line.ref(min(places)).number} to #{line.ref(max(places)).number}"
        )
    more = len(line.loops) - len(runs)
    runs += [f"{more} more"] if more else []
    share = line.book.number("posts_in_loops_share", line.unit) or 0.0
    return (
        f"{counted(inside, 'post')} ({100 * share:.0f} %) {'is a turn' if inside == 1 else 'are turns'} of "
        f"{counted(len(line.loops), 'dispute')}: {listed(runs)}."
    )
