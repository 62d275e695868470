"""Whose word a label of a file is."""

import re
from collections.abc import Mapping
from typing import Self

from msgspec import Struct

from discourse.labels.decisions import HUMAN, human

_MACHINE = re.compile(r".*@\d+")  # makers name their version: hedges@4, model:sarcasm@2


class Coders(Struct, frozen=True):
    """Who the people of a file are here."""

    who: str | None  # of labels that the file gives to nobody or to a machine
    names: Mapping[str, str]  # what people are called here, by their names in the file, both as annotators

    @classmethod
    def of_names(cls, annotator: str | None, names: Mapping[str, str]) -> Self:
        """Return them by names as a user gives them.

        Raises
        ------
        DiscourseError
            Where a name is none.
        """
        who = None if annotator is None else human(annotator)
        return cls(who, {human(theirs): human(ours) for theirs, ours in names.items()})

    def of(self, named: str | None) -> str | None:
        """Return whose word it is; None where the file names a machine or nobody, and no person is given.

        Raises
        ------
        DiscourseError
            Where the file's name is none that a coder may have.
        """
        if named is None or is_machine(named):
            return self.who
        annotator = human(named)
        return self.names.get(annotator, annotator)


def is_machine(named: str) -> bool:
    """Say whether a name is that of a maker with its version, and no person's."""
    return not named.startswith(HUMAN) and _MACHINE.fullmatch(named) is not None
