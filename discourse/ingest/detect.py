"""From a file to tables: open, decode, read, or say in one line why not."""

import hashlib
from pathlib import Path

from discourse.errors import UnreadableSourceError
from discourse.ingest.pages import PageReading, read_page
from discourse.model import Article, Post, Source
from discourse.tables import ARTICLES, FAULTS, POSTS, SOURCES, Tables, frame_of
from discourse.text.language import languages_of
from discourse.text.normalise import normalise
from discourse.text.tokens import tokenise

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOST = "\ufffd"
_FEW_LOST = 0.2  # share of the characters beyond ASCII that may be undecodable in a damaged UTF-8 file
_BINARY_SHARE = 0.01  # of control characters, from which on a file is no page of text


def read_source(path: Path) -> Tables:
    """Read one file into the tables sources, posts and articles.

    Raises
    ------
    UnreadableSourceError
        Where the file is missing, a folder, empty, or no text.
    NoCommentsError
        Where it was read and holds no reader comments.
    """
    content = read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    text = decode(content, str(path))
    tables = tables_of(read_page(text, where=str(path)), uri=str(path), sha256=sha256)
    lost = text.count(_LOST) - content.count(_LOST.encode())
    if lost <= 0:
        return tables
    problem = f"{lost} characters could not be decoded and are shown as {_LOST}"
    return tables.replace(
        faults=frame_of(FAULTS, [{"stage": "read", "item_id": str(path), "problem": problem}])
    )


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, or raise `UnreadableSourceError` saying why they cannot be had."""
    where = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problem, fix = "there is no such file", "Check the name"
    except IsADirectoryError:
        problem, fix = "it is a folder", "Name the files in it"
    except (OSError, ValueError) as error:
        problem, fix = f"it cannot be opened ({_why(error)})", "Check its name and its permissions"
    else:
        if content.strip():
            return content
        problem, fix = "it is empty", "Paste the page's text into it"
    raise UnreadableSourceError(where=where, problem=problem, fix=fix)


def decode(content: bytes, where: str) -> str:
    """Return bytes as text: UTF-8, UTF-16 with its mark, else Windows-1252 where that gives text.

    Raises
    ------
    UnreadableSourceError
        Where they are no text.
    """
    for mark, codec in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content, codec, where)
    if b"\0" in content or _controls(content) > _BINARY_SHARE * len(content):
        raise _no_text(where, "it is binary, not text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        mended = content.decode("utf-8", errors="replace")
        # a few bad bytes in UTF-8 are lost; text in Windows-1252 has one at every accented letter
        if mended.count(_LOST) <= _FEW_LOST * sum(char > "\x7f" for char in mended):
            return normalise(mended)
        return _decoded(content, "cp1252", where)


def tables_of(reading: PageReading, *, uri: str, sha256: str) -> Tables:
    """Return a reading as tables, checked against the contract."""
    source_id = sha256[:12]
    source = Source(
        source_id=source_id,
        uri=uri,
        reader=reading.reader,
        reader_score=reading.score,
        found_count=len(reading.posts),
        sha256=sha256,
        stated_count=reading.stated_count,
    )
    tables = {
        "sources": frame_of(SOURCES, [source]),
        "posts": frame_of(POSTS, _posts(reading, source_id)),
        "articles": frame_of(ARTICLES, _articles(reading, source_id)),
    }
    return Tables(tables).check(uri)


def _posts(reading: PageReading, source_id: str) -> list[Post]:
    return [
        Post(
            post_id=f"{source_id}:{post.position}",
            thread_id=source_id,
            source_id=source_id,
            position=post.position,
            author=post.author,
            addressee=post.addressee,
            timestamp=post.timestamp,
            addressee_time=post.addressee_time,
            start_line=post.start_line,
            end_line=post.end_line,
            body_line=post.body_line,
            text=post.text,
            lang=lang,
        )
        for post, lang in zip(reading.posts, _languages(reading), strict=True)
    ]


def _languages(reading: PageReading) -> list[str | None]:
    return languages_of([token.word for token in tokenise(post.text)] for post in reading.posts)


def _articles(reading: PageReading, source_id: str) -> list[Article]:
    found = reading.article
    if found is None:
        return []
    return [
        Article(
            source_id=source_id,
            start_line=found.start_line,
            end_line=found.end_line,
            text=found.text,
            title=found.title,
            date=found.date,
        )
    ]


def _decoded(content: bytes, codec: str, where: str) -> str:
    try:
        return normalise(content.decode(codec))
    except UnicodeDecodeError as error:
        raise _no_text(where, f"it is no text in {codec} (byte {error.start + 1})") from error


def _no_text(where: str, problem: str) -> UnreadableSourceError:
    return UnreadableSourceError(where=where, problem=problem, fix="Save the page as plain text in UTF-8")


def _controls(content: bytes) -> int:
    return len(content) - len(content.translate(None, bytes(range(9)) + bytes(range(14, 32))))


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
