"""Text that XML can hold: some characters cannot stand in it, escaped or not."""

import re

from discourse.errors import DiscourseError

# all but what XML 1.0 allows: most control characters, halves of pairs, U+FFFE and U+FFFF
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_xml(text: str, where: str) -> str:
    """Return a text that XML 1.0 can hold, as it is.

    Parameters
    ----------
    where
        What the text is of, for the message: "post 'pier:3', its author".

    Raises
    ------
    DiscourseError
        Naming the first character that XML cannot hold and its place in code points; none is ever dropped.
    """
    if found := _FORBIDDEN.search(text):
        raise DiscourseError(
            where=where,
            problem=f"XML cannot hold its character U+{ord(found[0]):04X} (at {found.start()})",
            fix="Take it out of the source and analyse that again, or export to csv or jsonl",
        )
    return text
