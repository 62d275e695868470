"""Threads about a harbour, made up, as a dump: `write_dump(path, posts=600)`.

People quote each other, agree and quarrel, come back to what they said before, and write in two alphabets:
each analyser finds something. Threads hold one post to some hundred; those of a dump in the order of time
lie scattered.
"""

import json
import random
from pathlib import Path
from typing import Any

SAID = (
    "The ferry board should be closed, because it raised the winter fee three times.",
    "Raising the winter fee never helped a single person in this town.",
    "I think that the new lighthouse is a waste of money.",
    "According to the harbour office, 42% of the tickets were never checked.",
    "You always say that, and you never answer the question.",
    "So you would rather let the quay fall into the sea?",
    "Captain Marlow is a liar, and everybody on the quay knows it.",
    "I agree with you about Captain Marlow, he lied about the fee.",
    "No, that is wrong. The fog signal worked all night.",
    "As I said before, the fog signal did not work that night.",
    "What about the road to the north berth? Nobody complains about that.",
    "Maybe the railing was painted badly, perhaps by somebody in a hurry.",
    "Thank you, I had not thought of that. You are right about the railing.",
    "If we allow one late ferry, soon no ferry will be on time.",
    "Every sensible person knows that the board is corrupt.",
    "Oh great, another brilliant plan by the ferry board!",
    "Паром опять опоздал, и никто не ответил.",
    "The tide tables say 6:40 in the evening; see harbour.example/tides.",
)
PEOPLE = ("Gannet", "plover_7", "Tern", "ebb", "Old Joe", "marsh-hen", "Ольга", "lamplighter")
MONTH = 30 * 24 * 3600
BEGIN = 1_600_000_000  # seconds since 1970


def made_posts(posts: int, *, seed: int = 1, scattered: bool = True) -> list[dict[str, Any]]:
    """Return so many posts of threads of many sizes, in the order of time or thread by thread."""
    rng = random.Random(seed)
    made: list[dict[str, Any]] = []
    while len(made) < posts:
        size = min(posts - len(made), rng.choice((1, 2, 3, 5, 8, 20, 60, 120)))
        made += _thread(f"t{len(made)}", size, rng)
    return sorted(made, key=lambda post: (post["time"], post["id"])) if scattered else made


def _thread(thread: str, size: int, rng: random.Random) -> list[dict[str, Any]]:
    people = rng.sample(PEOPLE, rng.randint(2, 4))  # few, so that they come back to each other
    begin = BEGIN + rng.randrange(4 * MONTH)
    posts: list[dict[str, Any]] = []
    for number in range(size):
        up = rng.choice(posts[-6:]) if posts else None
        text = " ".join(rng.sample(SAID, rng.randint(1, 4)))
        if up and rng.random() < 0.2:
            text = f"> {up['text'].splitlines()[-1]}\n\n{text}"
        posts.append(
            {
                "id": f"{thread}p{number}",
                "thread_id": f"{thread}p0",
                "reply_to": up["id"] if up else None,
                "author": people[number % len(people)] if number % 7 else rng.choice(people),
                "text": text,
                "time": begin + 600 * number,
            }
        )
    return posts


def write_dump(path: Path, posts: int, *, seed: int = 1, scattered: bool = True) -> Path:
    """Write such posts, one a line; packed where the name ends in .zst."""
    made = made_posts(posts, seed=seed, scattered=scattered)
    data = "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in made).encode()
    if path.suffix == ".zst":
        import zstandard

        data = zstandard.ZstdCompressor().compress(data)
    path.write_bytes(data)
    return path
