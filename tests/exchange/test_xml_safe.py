"""Characters that XML cannot hold are named; all others pass as they are."""

from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.xml_safe import check_xml


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_passes_is_read_back_by_a_parser_and_what_does_not_is_not(text):
    document = f"<a>{escape(text, {chr(13): '&#13;'})}</a>"
    try:
        assert check_xml(text, "x") == text
    except DiscourseError:
        with pytest.raises((ElementTree.ParseError, UnicodeEncodeError)):
            ElementTree.fromstring(document.encode())  # noqa: S314
    else:
        assert (ElementTree.fromstring(document.encode()).text or "") == text  # noqa: S314


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\ufffe", "\uffff", "\ud800"])
def test_the_character_and_its_place_are_named(char):
    with pytest.raises(DiscourseError, match=rf"post 'a': .*U\+{ord(char):04X} \(at 3\)"):
        check_xml(f"one{char}", "post 'a'")
