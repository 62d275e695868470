"""Serves a review again and again: on each line that comes in, in a new process, which somebody kills.

The packages are loaded once; every process of a review is a copy of this one.
"""

import os
import sys
from pathlib import Path

from discourse.review import app as _loaded_once
from discourse.review.serving import Wish, review

assert _loaded_once


def main(run: Path) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                review(run, Wish(), lambda address: print(os.getpid(), address, flush=True))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
