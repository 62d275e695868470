"""Who answers whom: walks along reply chains, in loops and never by recursion."""

from collections.abc import Iterator, Mapping

from discourse.errors import CyclicChainError
from discourse.model import Post


def walk_up(post: Post, thread: Mapping[str, Post]) -> Iterator[Post]:
    """Yield a post, then each post it answers, as far up as the thread goes.

    Ends at a root, or below a parent that was deleted or never fetched. Walks in a
    loop, not by recursion: real chains run past 1,000 replies.
    """
    walked = {post.post_id}
    yield post
    while (reply_to := post.reply_to) is not None and reply_to in thread:
        if reply_to in walked:
            raise CyclicChainError(post_id=post.post_id, reply_to=reply_to)
        walked.add(reply_to)
        post = thread[reply_to]
        yield post


def cut_cycles(parents: Mapping[str, str | None]) -> set[str]:
    """Name the posts whose link must go so that no chain comes back on itself.

    Parameters
    ----------
    parents
        For each post, in page order, the post it answers; None or an unknown id at a root.

    Returns
    -------
    set of str
        Of a post that answers itself, that post; of a longer cycle, its latest post.
    """
    order = {post_id: place for place, post_id in enumerate(parents)}
    # where all answer earlier posts, as nearly everywhere, there is no cycle
    if all(order.get(parent or "", -1) < place for place, parent in enumerate(parents.values())):
        return set()
    settled: set[str] = set()
    cut: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        here: str | None = start
        while here is not None and here in parents and here not in settled and here not in path:
            path[here] = len(path)
            here = parents[here]
        if here is not None and here in path:
            cycle = [post_id for post_id, place in path.items() if place >= path[here]]
            cut.add(max(cycle, key=order.__getitem__))
        settled.update(path)
    return cut


def depths(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Count for each post the replies above it; a root, or a post whose parent is unknown, has 0.

    `parents` must be free of cycles (see `cut_cycles`).
    """
    known: dict[str, int] = {}
    for start in parents:
        path: list[str] = []
        here: str | None = start
        while here is not None and here in parents and here not in known:
            path.append(here)
            here = parents[here]
        depth = known[here] + 1 if here is not None and here in known else 0
        for post_id in reversed(path):
            known[post_id] = depth
            depth += 1
    return known
