"""Rows to numbers: who is placed in a camp, what passes between camps, and where each camp stands."""

from collections import Counter
from collections.abc import Iterator

from discourse.summary.facts import STATED, Facts

CAMPS = (1, 2)
REPLIES = ("agree", "disagree")


def camp_counts(facts: Facts) -> Iterator[tuple[str, float, str]]:
    """Yield name, value and unit of how many authors are placed, in all and a camp."""
    sizes = Counter(row["camp"] for row in facts.camps)
    yield "authors_in_camps", len(facts.camps), "authors"
    if facts.camps:
        for camp in CAMPS:
            yield f"authors_in_camps.{camp}", sizes[camp], "authors"


def camp_share(facts: Facts) -> float | None:
    """Return the share of authors that are placed in a camp; None where there are none."""
    people = {(post.thread_id, post.author) for post in facts.posts}
    return round(len(facts.camps) / len(people), 4) if people else None


def camp_replies(thread: Facts) -> Iterator[tuple[str, float, str]]:
    """Yield the replies of a thread from each camp to each, as far as the page shows them, by what they say.

    `camp_replies.1.2` are those of authors of camp 1 to authors of camp 2; replies to oneself are left out.
    A link of low score counts, since who is answered is known where only the post is in doubt.
    """
    camp_of = {row["author"]: row["camp"] for row in thread.camps}
    if not camp_of:
        return
    author_of = {post.post_id: post.author for post in thread.posts}
    labels = {(mark.post_id, mark.target): mark.label for mark in thread.layer("reply")}
    counts: Counter[str] = Counter()
    for post in thread.links():
        answered = author_of.get(post.reply_to or "", post.author)
        if answered == post.author or post.reply_evidence not in STATED:
            continue
        if post.author in camp_of and answered in camp_of:
            way = f"{camp_of[post.author]}.{camp_of[answered]}"
            counts[way] += 1
            counts[f"{way}.{labels.get((post.post_id, post.reply_to))}"] += 1
    for way in (f"{one}.{other}" for one in CAMPS for other in CAMPS):
        yield f"camp_replies.{way}", counts[way], "posts"
        for label in REPLIES:
            yield f"camp_replies.{way}.{label}", counts[f"{way}.{label}"], "posts"


def camp_stances(thread: Facts) -> dict[str, list[tuple[str, float]]]:
    """Return for each target the authors of each camp by their stance, as `camps.1.favor`."""
    camp_of = {row["author"]: row["camp"] for row in thread.camps}
    counts: dict[str, Counter[str]] = {}
    for row in thread.stances:
        if row["author"] in camp_of and row["label"] != "none":
            found = counts.setdefault(row["target"], Counter())
            found[f"camps.{camp_of[row['author']]}.{row['label']}"] += 1
    return {
        target: [(name, float(found[name])) for name in sorted(found)] for target, found in counts.items()
    }
