"""Cells that no spreadsheet runs or rewrites: a mark before them, which comes off again exactly.

The mark is `_`: no spreadsheet takes it away, as some do with `'`, and no number, date or formula begins
with it. It goes before

- a cell that would be run: its first sign beyond blanks and quotation marks is one of = + - @, their wide
  and small forms, or it begins with a tab or a line end;
- a cell that would be rewritten: a number, a date or a truth value, such as the id `1E5`;
- a part within a cell, behind a comma, semicolon, tab, bar or line end, that would be run if the file were
  taken apart there, as programs do that expect other delimiters than ours.

Whether something bears a mark is told by what stands behind any `_`, so that a text that begins with
one of its own gets one more, and loses that one alone.
"""

import re
from functools import lru_cache

MARK = "_"
LONGEST_CELL = 32_767  # UTF-16 code units; Excel cuts what is longer
_FORMULA = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
_UNSEEN = "\\s\"'`’‘“”\\x00-\\x1f\\x7f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\u00ad"
_RUN = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*+[{_FORMULA}]")
# parts of a cell that was taken apart; those signs that part it are no blanks here
_PART = re.compile(rf"(?<=[,;\t|\r\n])(?=_*+(?:(?![\t\r\n])[{_UNSEEN}])*+[{_FORMULA}])")
_MARKED_PART = re.compile(rf"(?<=[,;\t|\r\n])_(?=_*+(?:(?![\t\r\n])[{_UNSEEN}])*+[{_FORMULA}])")

_SHORT = 64  # characters: no date or number that is written with letters is longer
_NUMERIC = re.compile(r"[\s\d.,:/%()$€£¥₹'’eE+\-]*")
_BEGINS_LIKE_NUMBER = re.compile(r"\s*+[(\[.,$€£¥₹%#]?+\s*+\d")
_BEGINS_LIKE_MONTH = re.compile(
    r"\s*+(?:[^\W\d_]{1,12}[.,]?[\s\-/]{0,3}){1,3}\d[\d\s\-/.,:'’]*+(?:[AaPp]\.?[Mm]\.?)?\s*"
)
_ERROR = re.compile(r"\s*+#[\w/?!]+\s*")  # "#N/A" becomes an error value
_TRUTHS = frozenset(
    "true false wahr falsch vrai faux verdadero falso verdadeiro vero waar onwaar prawda fałsz sant falskt "
    "sand falsk tosi epätosi pravda nepravda igaz hamis doğru yanlış истина ложь adevărat fals".split()
)


def marked(cell: str) -> str:
    """Return a cell as a spreadsheet may have it."""
    return _marked_short(cell) if len(cell) <= _SHORT else _marked(cell)


def _marked(cell: str) -> str:
    parted = _PART.sub(MARK, cell)
    return MARK + parted if _is_risky(cell.lstrip(MARK)) else parted


_marked_short = lru_cache(1 << 14)(_marked)  # names of labels, makers and authors come again and again


def unmarked(cell: str) -> str:
    """Return what `marked` was given; a cell that somebody wrote without a mark stays as it is."""
    whole = _MARKED_PART.sub("", cell)
    return whole[1:] if whole.startswith(MARK) and _is_risky(whole.lstrip(MARK)) else whole


def is_longer_than_a_cell(cell: str) -> bool:
    """Say whether Excel would cut it."""
    return len(cell) * 2 > LONGEST_CELL and len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL


def _is_risky(body: str) -> bool:
    if not body:
        return False
    return _RUN.match(body) is not None or _is_rewritten(body)


def _is_rewritten(body: str) -> bool:
    if len(body) > _SHORT:
        return _BEGINS_LIKE_NUMBER.match(body) is not None and _NUMERIC.fullmatch(body) is not None
    return (
        _BEGINS_LIKE_NUMBER.match(body) is not None
        or _BEGINS_LIKE_MONTH.fullmatch(body) is not None
        or _ERROR.fullmatch(body) is not None
        or body.strip().casefold() in _TRUTHS
    )
