"""Tables that may be shown to others: names exchanged for pseudonyms, texts left out.

Both are made of finished tables, after all analysis and before anything is written or drawn, so that no
label and no number depends on them.
"""

from discourse.privacy.keys import Key, check_apart, key_at
from discourse.privacy.pseudonyms import Pseudonyms, pseudonymise
from discourse.privacy.texts import without_texts

__all__ = ["Key", "Pseudonyms", "check_apart", "key_at", "pseudonymise", "without_texts"]
