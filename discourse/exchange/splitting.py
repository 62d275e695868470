"""Parts to learn from and to test on: a whole thread stands in one of them, always in the same."""

import hashlib

from discourse.exchange.corpus import Corpus
from discourse.exchange.wanted import wanted_rows

TEST_SHARE = 0.2
FEWEST = 5  # threads; fewer cannot be divided honestly


def is_for_test(thread_id: str) -> bool:
    """Say whether a thread is to be tested on, by its id alone: more threads do not move it."""
    digest = hashlib.sha256(thread_id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) < TEST_SHARE * 2**64


def testing_threads(corpus: Corpus) -> frozenset[str]:
    """Return the threads to be tested on; none where there are fewer than FEWEST, or all would be."""
    threads = {row["thread_id"] for row in wanted_rows(corpus)}
    found = frozenset(filter(is_for_test, threads))
    return found if len(threads) >= FEWEST and found != threads else frozenset()
