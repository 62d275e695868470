"""How each pattern is looked for: by its forms where they are few, else around a gate if one costs less."""

from collections.abc import Iterable
from math import inf

from discourse.lexicon.gates import PRICE, gate_of
from discourse.lexicon.index import Index
from discourse.lexicon.patterns import count_forms, forms_of, has_only_words, slots_of
from discourse.lexicon.sought import Sought
from discourse.lexicon.told import Table
from discourse.lexicon.views import is_word
from discourse.text.normalise import fold

FEW_FORMS = 32  # of a pattern that is always written out: to choose a gate for it would take longer


def index_of(patterns: Iterable[tuple[str, str]]) -> Index:
    """Return the literals of all patterns, and what is looked for without one.

    Parameters
    ----------
    patterns
        Each with its way of matching; they go by their number.
    """
    table = Table()
    always = [
        number
        for number, (pattern, match) in enumerate(patterns)
        if (sought := take_up(table, number, pattern, match)) is not None and not sought.is_gated
    ]
    return Index.of(table.owners(), always, table.bare)


def take_up(table: Table, number: int, pattern: str, match: str) -> Sought | None:
    """Note a pattern's literals; return what is searched around them, None where they say all."""
    folded = fold(pattern)
    many = count_forms(folded) if match == "phrase" and has_only_words(folded) else 0
    if many > FEW_FORMS and (sought := _gated(table, number, pattern, match, most=PRICE * many)):
        return sought
    if forms := forms_of(folded, match):
        table.add_forms(number, forms)
        return None
    return _gated(table, number, pattern, match) or Sought(pattern, match)


def _gated(table: Table, number: int, pattern: str, match: str, most: float = inf) -> Sought | None:
    """Have a pattern searched around its gate; None where it has none that costs no more than `most`."""
    slots, width = slots_of(pattern, match)
    gate = gate_of(slots, exact=match == "regex")
    if gate is None or gate.cost > most:
        return None
    begins = match != "regex" and all(word and is_word(word[0]) for word in slots[1].words)
    table.add_gate(number, gate.literals)
    return Sought(pattern, match, width, begins, gate.near, gate.far, is_gated=True)
