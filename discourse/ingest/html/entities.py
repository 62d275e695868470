"""Character references, resolved as a browser does."""

import re
from functools import lru_cache
from html import unescape

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,12}|[a-zA-Z][a-zA-Z0-9]{1,32});?")


@lru_cache(maxsize=2048)
def _resolved(reference: str) -> str:
    return unescape(reference)


def resolve_entities(text: str) -> str:
    """Return a text with its character references resolved; what is none stays as it is."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: _resolved(match[0]), text)
