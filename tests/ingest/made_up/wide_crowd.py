"""Discussions among people with names of every sort, for pages in wide layouts."""

import random
from dataclasses import replace

from tests.ingest.made_up.names import MORE, ONCE
from tests.ingest.made_up.threads import Thread


def wide_crowd(thread: Thread, seed: int) -> Thread:
    """The same discussion under other names: people renamed for good, and people who post only once.

    How many are renamed, and how many post once, is drawn anew for each seed, from nobody to all. Names
    said in the texts stay as they are.
    """
    rng = random.Random(f"{thread.name} wide crowd {seed}")
    known = set(thread.authors.values())
    names = [name for name in dict.fromkeys((*ONCE, *MORE)) if name not in known]
    rng.shuffle(names)
    renamed, once = rng.choice((0.0, 0.5, 1.0)), rng.choice((0.0, 0.2, 0.6, 0.9))
    new = {name: names.pop() if rng.random() < renamed else name for name in sorted(known)}
    posts = []
    for post in thread.posts:
        author = names.pop() if rng.random() < once else new[post.author]
        posts.append(replace(post, author=author))
    return replace(thread, name=f"{thread.name}~{seed}", posts=tuple(posts))
