"""How far long work has come, told to whoever wants to know."""

from collections.abc import Callable

# what is being done, how many posts of it are, and of how many, if that is known
Report = Callable[[str, int, int | None], None]


def silent(_what: str, _done: int, _of: int | None) -> None:
    """Tell nobody."""
