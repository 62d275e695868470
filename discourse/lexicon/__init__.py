"""Load, check and match lexicons: pairs of `NAME.toml` (what it is) and `NAME.csv` (its entries).

A row of the CSV is `pattern, match, label, hit, miss` and any further columns; `weight` is
read as a number. The way in which a pattern matches is one of

- `phrase`: these words, bounded, in any case;
- `inflected`: the same with its last word, or the one before a `~`, in its regular forms;
- `gap`: `*` stands for up to three words within the sentence ("not * but");
- `regex`: a regular expression of bounded cost over folded text.

What must stand right beside a match is said by the columns `needs_before`, `needs_after`,
`unless_before` and `unless_after`: alternatives parted by `|`, of which `^` is the beginning
and `$` the end of a sentence. `negated` says whether a "not" before a match takes it away
(`drop`) or not (`keep`); the .toml says for each label what holds where the cell is empty.

In all but `regex`, `(a|b)` gives alternatives, and an empty one makes a word optional; words match
over a line break or several blanks, never over a blank line.
Within one lexicon the longest match wins, whatever its label; a row with the label `-`
only takes its words away from shorter entries ("think tank" from "think"). Lexicons do not
take words from each other.
"""

from discourse.lexicon.files import (
    lexicon_folder,
    lexicon_names,
    lexicon_versions,
    load_lexicon,
    load_lexicons,
)
from discourse.lexicon.matching import BLOCK, Entry, Label, Lexicon, Lexicons, Match
from discourse.lexicon.pages import MarkerPage, load_pages
from discourse.lexicon.user import digests, load_user_lexicons, load_with_user, meanings

__all__ = [
    "BLOCK",
    "Entry",
    "Label",
    "Lexicon",
    "Lexicons",
    "MarkerPage",
    "Match",
    "digests",
    "lexicon_folder",
    "lexicon_names",
    "lexicon_versions",
    "load_lexicon",
    "load_lexicons",
    "load_pages",
    "load_user_lexicons",
    "load_with_user",
    "meanings",
]
