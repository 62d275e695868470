"""Which tables beside posts and labels go with what was chosen of a run, and which of their rows."""

from collections.abc import Iterator

from discourse.exchange.corpus import Choice, Corpus
from discourse.stored.streaming import Row
from discourse.tables.contract import CONTRACT

# the other tables, and the layer of labels that each goes with; None: with any
TABLES: dict[str, str | None] = {
    "sources": None,
    "links": None,
    "articles": None,
    "targets": "stance",
    "stances": "stance",
    "camps": "reply",
    "claims": "claim",
    "loops": "claim",
    "turns": "claim",
    "context": "claim",
    "claim_context": "claim",
    "events": "claim",
    "edits": None,
}
# figures and faults of whole runs, which speak of everything in them
WHOLE = ("authors", "summary", "faults")
# whose work tables are whose rows do not name it
_MAKERS = {"targets": "targets", "context": "context", "claim_context": "context"}
_PEOPLES = ("links", "turns", "edits")  # in which people's rows stand behind the machine's


def tables_beside(choice: Choice) -> list[str]:
    """Return which other tables go with what was chosen.

    A table that goes with a layer stays out where that was not chosen; where posts were chosen, so do
    tables of whole threads, which quote and add up posts that are not there; where makers were chosen, so do
    those that others made.
    """
    return [name for name, layer in TABLES.items() if _goes(name, layer, choice)]


def _goes(name: str, layer: str | None, choice: Choice) -> bool:
    return (
        (not choice.layers or layer is None or layer in choice.layers)
        and (choice.posts is None or "post_id" in CONTRACT[name].names or name == "sources")
        and (name not in _MAKERS or choice.takes_maker(_MAKERS[name]))
    )


def is_whole(choice: Choice) -> bool:
    """Say whether everything was chosen, so that figures of whole runs speak of what is here."""
    return not choice.layers and not choice.makers and choice.posts is None


def rows_beside(corpus: Corpus, name: str) -> Iterator[Row]:
    """Yield the chosen rows of another table, the machine's first."""
    choice = corpus.choice
    rows = _without_claims(corpus) if name == "stances" else corpus.rows(name)
    yield from (row for row in rows if _takes(choice, row))
    if name in _PEOPLES:
        yield from (row for row in corpus.peoples_rows(name) if _takes(choice, row))


def _takes(choice: Choice, row: Row) -> bool:
    is_chosen = choice.posts is None or "post_id" not in row or row["post_id"] in choice.posts
    return is_chosen and ("annotator" not in row or choice.takes_maker(row["annotator"]))


def _without_claims(corpus: Corpus) -> Iterator[Row]:
    """Yield authors' stances, those on claims only where that layer was chosen."""
    layers = corpus.choice.layers
    has_claims = not layers or "claim" in layers
    claims = frozenset() if has_claims else frozenset(row["claim_id"] for row in corpus.rows("claims"))
    return (row for row in corpus.rows("stances") if row["target"] not in claims)
