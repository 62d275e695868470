"""Choosing the neediest posts, spread over threads."""

from collections.abc import Mapping, Sequence


def spread(
    needs: Mapping[int, float], threads: Sequence[int], number: int, order: Sequence[int]
) -> list[int]:
    """Choose posts in rounds: in each, every thread gives its neediest post, the neediest of them first.

    Parameters
    ----------
    needs
        How much each post that may be chosen needs a label.
    threads
        The thread of every post, by its place.
    number
        How many are wanted; fewer come where there are fewer.
    order
        A rank of every post, by which posts of the same need are put in order: chance, not place in the page.
    """
    best = sorted(needs, key=lambda place: (-needs[place], order[place]))
    rounds: dict[int, int] = {}
    in_round: list[tuple[int, int, int]] = []
    for rank, place in enumerate(best):
        turn = rounds.get(threads[place], 0)
        rounds[threads[place]] = turn + 1
        in_round.append((turn, rank, place))
    return [place for _, _, place in sorted(in_round)[:number]]
