"""Several answers to one person in a row: most people answer each post once, in its turn.

Somebody comes back to a page, finds two new posts by the same person, and answers both
before that person posts again. Looked at one by one, both answers seem to be meant for
the latest post; looked at together, each post gets its own.
"""

from collections.abc import Sequence

_LOOK_AHEAD = 4  # further answers of one round that are weighed
_LOOK_BACK = 5  # candidates for each of them, the most likely ones
_TWICE = 0.3  # how likely one post gets two answers in one round, against two posts one each


def share_round(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Reweigh the first answer's candidates by what they leave to the other answers of its round.

    Parameters
    ----------
    rounds
        For the answer at hand, then for each later answer of the round, the shares of the
        same candidates in the same order.

    Returns
    -------
    list of float
        New shares of the answer at hand; they add up to what the old ones did.
    """
    first, rest = rounds[0], rounds[1 : 1 + _LOOK_AHEAD]
    weighed = [share * _best_left(rest, (n,)) for n, share in enumerate(first)]
    whole = sum(weighed)
    return [share * sum(first) / whole for share in weighed] if whole else list(first)


def _best_left(rest: Sequence[Sequence[float]], taken: tuple[int, ...]) -> float:
    # at most five candidates for at most four answers: a bounded search, not a walk down a thread
    if not rest:
        return 1.0
    likely = sorted(range(len(rest[0])), key=lambda n: -rest[0][n])[:_LOOK_BACK]
    return max(
        (rest[0][n] * (_TWICE if n in taken else 1.0) * _best_left(rest[1:], (*taken, n)) for n in likely),
        default=1.0,
    )
