"""Whether words before a place deny what stands there."""

import re

_NEGATORS = frozenset(
    """
    not no never neither nor none nobody nothing without hardly cannot cant dont doesnt didnt isnt arent
    wasnt werent wont wouldnt shouldnt couldnt aint
    """.split()
)
_CLAUSE_WORDS = re.compile(r"[\w'-]+|[^\w\s'-]|\n")


def is_negated(folded: str, start: int, *, reach: int = 3) -> bool:
    """Say whether one of the last few words before a place, within its clause, denies.

    Parameters
    ----------
    reach
        How many words back a "not", "no", "never" or "n't" still counts; a comma, any
        other mark and "but" end the clause.
    """
    return negator_before(folded, start, reach=reach) is not None


def negator_before(folded: str, start: int, *, reach: int = 3) -> int | None:
    """Return where the word begins that denies what stands at a place; None where `is_negated` says no."""
    words = list(_CLAUSE_WORDS.finditer(folded, max(0, start - 60), start))
    for found in reversed(words[-reach:]):
        word = found.group()
        if word == "but" or not (word[0].isalnum() or word[0] in "_'"):
            return None
        if word in _NEGATORS or word.endswith("n't"):
            return found.start()
    return None
