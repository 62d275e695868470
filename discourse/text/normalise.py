"""Normal forms of text, and which of them keep offsets."""

import unicodedata

# One character for one character, so that an offset in the folded text is one in the text.
_FOLDS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\t": " ",
}


def normalise(text: str) -> str:
    """Return a text in NFC with `\\n` between lines and without a byte-order mark.

    Done once, when a source is read: every offset counts code points of the result.
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff")


def fold(text: str) -> str:
    """Return a text of the same length, lower-cased, with plain apostrophes, quotes, dashes and blanks.

    For matching only. Characters whose lower case is longer than themselves (such as
    the Turkish dotted capital I) stay as they are, so that offsets hold.
    """
    if text.isascii():
        return text.lower().replace("`", "'").replace("\t", " ")
    plain = text
    for char, folded in _FOLDS.items():  # by far faster than `translate`, which looks up every character
        if char in plain:
            plain = plain.replace(char, folded)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in plain)
