"""What can go wrong with a user's input: where, what, and what to do about it."""

from collections.abc import Callable


class DiscourseError(Exception):
    """A fault that the user can mend; the command line prints it in one line and exits with 2.

    Parameters
    ----------
    where
        The file, line, post or option at fault.
    problem
        What is wrong with it.
    fix
        What to do, as an imperative sentence without its full stop.
    """

    def __init__(self, *, where: str, problem: str, fix: str) -> None:
        self.where = where
        self.problem = problem
        self.fix = fix
        super().__init__(f"{where}: {problem}. {fix}.")

    def __reduce__(self) -> tuple[Callable[..., "DiscourseError"], tuple[object, ...]]:
        """Say how to make it again: one that a worker raised is told by the process that the user started."""
        return _again, (type(self), self.where, self.problem, self.fix)


def _again(kind: type[DiscourseError], where: str, problem: str, fix: str) -> DiscourseError:
    error = kind.__new__(kind)
    DiscourseError.__init__(error, where=where, problem=problem, fix=fix)
    return error


class UnreadableSourceError(DiscourseError):
    """A source that cannot be opened, decoded or taken for a page of text."""


class NoCommentsError(DiscourseError):
    """A source that was read, and holds no reader comments."""


class LexiconError(DiscourseError):
    """A lexicon whose files or entries contradict themselves."""


class ProfileError(DiscourseError):
    """A platform's profile that cannot be used."""


class ModelError(DiscourseError):
    """A stored model that is damaged, or is none."""


class ContractError(DiscourseError):
    """A table that breaks its schema: all of its faults in one message."""


class CyclicChainError(DiscourseError):
    """A reply chain that comes back on itself."""

    def __init__(self, *, post_id: str, reply_to: str) -> None:
        super().__init__(
            where=f"post {post_id!r}",
            problem=f"it answers {reply_to!r}, which is itself or one of its own replies",
            fix="Analyse the page again with `discourse analyze`, which cuts such links",
        )
