"""Pages saved as one file by browsers (MHTML): the page itself, without its pictures and scripts."""

import re

_HEAD = re.compile(rb"(?:^|\n)content-type:\s*multipart/related\b", re.IGNORECASE)
_BROWSER = re.compile(rb"\s*(?:from: <saved by|mime-version:|snapshot-content-location:)", re.IGNORECASE)


def is_mhtml(content: bytes) -> bool:
    """Say whether a file is a page that a browser saved with everything that belongs to it."""
    return _BROWSER.match(content) is not None and _HEAD.search(content[:4096]) is not None


def page_of(content: bytes) -> bytes | None:
    """Return the bytes of the first HTML page in such a file; None where it holds none."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - slow to load, and such files are rare
    from email.message import EmailMessage  # noqa: PLC0415

    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in (
            "text/html",
            "application/xhtml+xml",
        ):
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else None
    return None
