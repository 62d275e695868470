"""A page saved as one file gives the page, whatever its encoding in the file."""

import base64
import quopri

import pytest

from discourse.ingest.mhtml import is_mhtml, page_of

PAGE = "<!DOCTYPE html><html><body><p>Größe = 3 &amp; mehr</p></body></html>".encode()


def saved(page, encoding):
    body = base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----M--x----"\r\n\r\n\r\n'
        f"------M--x----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    tail = "\r\n------M--x----\r\nContent-Type: image/png\r\n\r\nnothing\r\n------M--x------\r\n"
    return head.encode() + body + tail.encode()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_the_page_comes_out_as_it_was(encoding):
    content = saved(PAGE, encoding)
    assert is_mhtml(content)
    assert page_of(content).strip() == PAGE


@pytest.mark.parametrize(
    "content",
    [PAGE, b"Content-Type: multipart/related is a header.\nAnn\nHello", b"MIME-Version: 1.0\n\nAnn"],
)
def test_other_files_are_not_taken_for_one(content):
    assert not is_mhtml(content)


def test_a_file_without_a_page_gives_none():
    assert page_of(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--") is None
