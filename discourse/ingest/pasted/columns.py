"""The columns of a header's row, as bullets, brackets, tabs and the like part it."""

from collections.abc import Sequence

from discourse.ingest.pasted.rows import Row, Token

_PARTS = frozenset("→▶➜⇒►➤⟶⮕↪↳↩⤷▸›»>←·•|│⋅∙●◦:：,،、;()[]")
_DASHES = "-–—~/"  # part columns where a blank stands before them


def columns_of(row: Row, tokens: Sequence[Token]) -> list[int]:
    """Return for each token the number of its column, as bullets, brackets, tabs and the like part a row."""
    found, number = [], 0
    for step, token in enumerate(tokens):
        parts = not token.mask[0].isalnum() and (
            token.mask in _PARTS
            or (token.mask in _DASHES and step > 0 and row.text[token.start - 1].isspace())
        )
        if step and (parts or token.wide):
            number += 1
        found.append(number)
        if parts and token.mask not in "([":
            number += 1
    return found


def column_texts(row: Row, tokens: Sequence[Token]) -> list[str]:
    """Return what stands in each column, in lower case."""
    numbers = columns_of(row, tokens)
    found: list[str] = []
    for number in range(numbers[-1] + 1):
        held = [token for token, one in zip(tokens, numbers, strict=True) if one == number]
        found.append(row.text[held[0].start : held[-1].end].casefold() if held else "")
    return found
