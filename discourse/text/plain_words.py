"""The words of a text that show its language: no links, code, users' names, markup, signs or numbers."""

import re
from collections.abc import Set

from msgspec import Struct

from discourse.text.normalise import fold

_LONGEST = 400  # characters of own lines that are looked at
_ENOUGH = 200  # characters of words from which a language is told; more tell no better
_SHORT = 80  # characters of a text in which drawn-out words would weigh
_LONGEST_SHORT_LINE = 19  # characters; a line as short as that may be said twice without being quoted

# All expressions here are linear on any text: a token is entered at its beginning alone.
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BLOCK = re.compile(r"\[/?(?:quote|code|pre)\b[^\]\n]{0,80}\]", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^[ \t\u00a0]{0,8}(?:>|&gt;|＞)[^\n]*", re.MULTILINE)
_SUSPECT = re.compile(r"[`<\[&#@_\\={}>$^|~/]|[.:][a-z]")  # without one of them there is no code
_CODE = re.compile(
    r"`[^`\n]{1,200}`|</?[a-zA-Z][^<>\n]{0,300}>|\[/?[a-zA-Z]{1,10}(?:=[^\]\n]{0,200})?\]"
    r"|&#?[a-zA-Z0-9]{1,10};|(?<!\S):[a-z_]{2,30}:"
    r"|(?<!\S)\(?(?:(?:https?|ftp)://|www\.|/?[ur]/|[#@])\S*"  # links, names of users, tags
    r"|(?<!\S)[^\s@_\\={}<>$^|~]{0,60}[@_\\={}<>$^|~]\S*"  # addresses, variables, markup, formulas
    r"|(?<!\S)[^\s.]{1,60}\.[a-z]\S*"  # a host, a file, a call: "list.append"
)
# what neither is a letter or a mark of one nor joins two: ASCII and Latin 1, general, CJK and full-width
# punctuation, digits, symbols, emoji
_SIGNS = re.compile(
    r"[\x00-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    r"\u060c\u061b\u061f\u0660-\u066d\u06d4\u06f0-\u06f9\u0964-\u096f"
    r"\u2000-\u200b\u200e-\u2bff\u3000-\u3004\u3007-\u3030\u30fb\ufe00-\ufe1f\uff01-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\U0001f000-\U0001faff]+"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,6}\b(?!'| [A-Z]{2})")  # a name, unless it goes on in capitals
_TWO_CAPITALS = re.compile("[A-Z][A-Z]")  # without them there is no such name, and most texts have none
_LOOSE = re.compile(r"(?<!\S)['-]+|['-]+(?!\S)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "noooo"

_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2d00-\uffff\U00010000-\U0010ffff]")
_LATIN = "a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u1e00-\u1eff"
_LATIN_WORD = re.compile(rf"[{_LATIN}]{{1,60}}(?:['-][{_LATIN}]{{1,60}}){{0,3}}")
# letters of each script, and how many letters of an alphabet one of them is worth
_SCRIPTS = {
    "latin": (_LATIN, 1),
    "kana": ("\u3005\u3006\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f", 3),
    "han": ("\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f", 3),
    "hangul": ("\uac00-\ud7af\u1100-\u11ff\u3130-\u318f", 3),
    "cyrillic": ("\u0400-\u052f", 1),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", 1),
    "arabic": ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", 1),
    "hebrew": ("\u0590-\u05ff", 1),
    "indic": ("\u0900-\u0dff", 1),
    "thai": ("\u0e01-\u0e7f", 1),
    "other": ("\u0530-\u058f\u0780-\u07ff\u0e80-\u139f\u1780-\u18af\u2d00-\u2d7f", 1),
}
_LETTERS = {name: re.compile(f"[{letters}]") for name, (letters, _) in _SCRIPTS.items()}
_OTHERS = {name: re.compile(f"[^{letters}'\\s-]+") for name, (letters, _) in _SCRIPTS.items()}
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")


class PlainWords(Struct, frozen=True):
    """What of a text shows its language."""

    words: tuple[str, ...]  # folded, in the script in which most of the text is written
    script: str  # a name of `_SCRIPTS`; "" where there are no words
    letters: int  # of the words, each counted once, as so many letters of an alphabet


_NOTHING = PlainWords((), "", 0)


def plain_words(text: str, said: Set[str] = frozenset()) -> PlainWords:
    """Return the words of a text that show its language, from its beginning, up to what is enough.

    Parameters
    ----------
    text
        A post as it was read; lines that begin with a quotation sign are left out.
    said
        Lines of earlier posts, as `lines_of` gives them: where they come again they are quoted.
    """
    own = _own_lines(text, said)[:_LONGEST]
    if _SUSPECT.search(own):
        own = _CODE.sub(" ", own)
    if not own.isascii():
        own = own.replace("\u2019", "'").replace("\u02bc", "'")
        if _BEYOND_LATIN.search(own):
            return _of_main_script(own)
    return _latin(own)


def lines_of(text: str) -> set[str]:
    """Return the lines of a text that are long enough to be known again as a quotation."""
    return {line for line in map(str.strip, text.split("\n")) if len(line) > _LONGEST_SHORT_LINE}


def _own_lines(text: str, said: Set[str]) -> str:
    if "[" in text:
        text = _outside_blocks(text)
    if "```" in text or "~~~" in text:
        parts = _FENCE.split(text)
        text = "\n".join([*parts[:-1:2], parts[-1]])
    if ">" in text or "&gt;" in text or "＞" in text:
        text = _QUOTED_LINE.sub("", text)
    if said:
        text = "\n".join(line for line in text.split("\n") if line.strip() not in said)
    return text


def _outside_blocks(text: str) -> str:
    """Return what stands outside of blocks of quoted words and code; one that nobody closes hides nothing."""
    kept, edge, opened = [], 0, -1
    depth = 0
    for mark in _BLOCK.finditer(text):
        closes = mark.group()[1] == "/"
        if not depth and not closes:
            opened = mark.start()
        depth = max(0, depth - 1) if closes else depth + 1
        if not depth and opened >= 0:
            kept.append(text[edge:opened])
            edge, opened = mark.end(), -1
    return "\n".join([*kept, text[edge:]])


def _of_main_script(own: str) -> PlainWords:
    """Keep the script in which most is said; at a tie the first."""
    weights = {name: len(_LETTERS[name].findall(own)) * times for name, (_, times) in _SCRIPTS.items()}
    # Japanese mixes kana and Han, Chinese has no kana
    del weights["han" if _KANA.search(own) else "kana"]
    main = max(weights, key=lambda name: weights[name])
    if main == "latin":
        return _latin(own)
    kept = _DRAWN_OUT.sub(r"\1\1", _OTHERS[main].sub(" ", fold(_SIGNS.sub(" ", own))))
    return _known(_LOOSE.sub("", kept)[:_ENOUGH].split(), main)


def _latin(own: str) -> PlainWords:
    own = own[: 3 * _ENOUGH // 2]  # a third of a text is blanks and signs at most, or little is lost
    if _TWO_CAPITALS.search(own) and not own.isupper():
        own = _CAPITALS.sub(" ", own)  # "NATO" is of no language
    plain = " ".join(_LATIN_WORD.findall(fold(own)))[:_ENOUGH]
    if len(plain) < _SHORT:
        plain = _DRAWN_OUT.sub(r"\1\1", plain)
    return _known(plain.split(), "latin")


def _known(words: list[str], script: str) -> PlainWords:
    if not words:
        return _NOTHING
    return PlainWords(tuple(words), script, sum(map(len, set(words))) * _SCRIPTS[script][1])
