"""Load, check and match lexicons: pairs of `NAME.toml` (what it is) and `NAME.csv` (its entries).

A row of the CSV is `pattern, match, label, hit, miss` and any further columns; `weight` is
read as a number. The way in which a pattern matches is one of

- `phrase`: these words, bounded, in any case;
- `inflected`: the same with its last word, or the one before a `~`, in its regular forms;
- `gap`: `*` stands for up to three words within the sentence ("not * but");
- `regex`: a regular expression of bounded cost over folded text.

In all but `regex`, `(a|b)` gives alternatives, and an empty one makes a word optional.
Within one lexicon the longest match wins, whatever its label; a row with the label `-`
only takes its words away from shorter entries ("think tank" from "think"). Lexicons do not
take words from each other.
"""

from discourse.lexicon.files import lexicon_folder, lexicon_versions, load_lexicon, load_lexicons
from discourse.lexicon.matching import BLOCK, Entry, Lexicon, Lexicons, Match

__all__ = [
    "BLOCK",
    "Entry",
    "Lexicon",
    "Lexicons",
    "Match",
    "lexicon_folder",
    "lexicon_versions",
    "load_lexicon",
    "load_lexicons",
]
