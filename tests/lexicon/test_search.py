"""Every place at which patterns match: the quick search beside a plain and slow one, and blanks."""

import gc
import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.derived import Derived
from discourse.lexicon import files, load_lexicons, patterns, taking
from discourse.lexicon.gates import gate_of
from discourse.lexicon.index import Index
from discourse.lexicon.patterns import forms_of, regex_of, slots_of, trimmed
from discourse.lexicon.search import Search, Span
from discourse.lexicon.views import coarse, joined
from discourse.text.normalise import fold
from tests.growth import assert_linear, repeated

PIECES = [
    *("(the|a|an|my)", "(red|blue|)", "(boat|ship|don't)", "sails", "you", "i", "(is|'s|was)"),
    *("sail's", "well-kept", "(very |)", "é", "(un|)fair", "point(|s)", ",", "'em", "s.o.b."),
    *("(i think|you know)", "100%", "(x|y,)", "?!"),
]
REGEXES = [
    r"\bred (?:boat|ship)\b",
    r"^(?:so,? )?(?:the|a|i)\b",
    r"(?:^|(?<=[.!?\n] ))boat",
    r"\b\d{1,3} (?:a\.?b|boats)",
    r"(?<![\w~])~ ?(?=\d)",
    r"(?i)BOAT",
    r"(?:,|\.|!) boat(?=[.!]|$)",
    r"[a-z'-]{2,9} out\b",
    r"(a|b)\1",
    r"\b(?:page|p\.|§) ?\d",
    r"may\b(?!['-]| \d)(?! i\b)",
    r"(?:boat ){2,3}",
    r"you ?",
]
WORDS = [
    *" ".join(PIECES).replace("(", " ").replace(")", " ").replace("|", " ").split(),
    "12",
    "~3",
    "§",
    "p.",
    "out",
]
GAPS = [" ", " ", " ", " ", "  ", "\n", " \n ", "\n\n", "\n \n", ", ", ". ", "-", "'", " '", "' ", ""]


def slowly_joined(text: str) -> tuple[str, list[int]]:
    """Return a text with one blank between the words of a paragraph, and where its characters stood."""
    written, places = "", []
    for run in re.finditer(r"[ \n]+|[^ \n]", text):
        is_blank = run.group()[0] in " \n"
        written += ("\0" if run.group().count("\n") > 1 else " ") if is_blank else run.group()
        places.append(run.start())
    return written, places


def slowly_found(pattern: str, match: str, folded: str) -> Iterable[tuple[int, int]]:
    if match == "regex":
        return [trimmed(m) for m in re.finditer(pattern, folded) if m.group().strip(" ")]
    text, places = slowly_joined(folded)
    starts = [place for place, char in enumerate(text) if char != " "]
    if forms := forms_of(fold(pattern), match):
        bounded = [
            (r"(?<!\w)(?<!\w')" if re.match(r"\w", form) else "")
            + re.escape(form)
            + (r"(?!\w)(?!'\w)" if re.search(r"\w\Z", form) else "")
            for form in forms
        ]
    else:
        bounded = [regex_of(pattern, match)]
    spans = [
        trimmed(m)
        for each in bounded
        for place in starts
        if (m := re.compile(each).match(text, place)) and m[0]
    ]
    return [(places[start], places[end - 1] + 1) for start, end in spans]


def slowly(wanted: list[tuple[str, str]], folded: str) -> list[Span]:
    return sorted(
        (*span, number) for number, one in enumerate(wanted) for span in set(slowly_found(*one, folded))
    )


TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=14).map(
    lambda parts: fold("".join(word + gap for word, gap in parts))
)
PHRASES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(PHRASES.map(" ".join).map(lambda written: (written, "phrase")), min_size=1, max_size=4),
    TEXTS,
    st.sampled_from([(1, 32), (200, 32), (200, 0)]),
)
def test_phrases_are_found_where_a_plain_search_finds_them(wanted, text, limits):
    most, few = limits
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "MAX_FORMS", most)  # 1: all with alternatives are searched around a gate
        patch.setattr(taking, "FEW_FORMS", few)  # 0: all words likewise, and every form is found
        patch.setattr(taking, "PRICE", 1.0)  # whatever the gate costs
        assert sorted(Search(wanted).find(text)) == slowly(wanted, text)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS | st.text(alphabet="a\x01\x02 \n'", max_size=6), max_size=5))
def test_in_many_texts_is_found_what_is_found_in_each(texts):
    wanted = [(regex, "regex") for regex in REGEXES] + [(" ".join(PIECES[:3]), "phrase"), ("a", "phrase")]
    search = Search(wanted)
    assert search.find_in(texts) == [search.find(text) for text in texts]


def test_a_phrase_of_many_forms_is_looked_for_by_its_rare_words():
    pattern = "(i|you|we|they) (have|had|see|saw) (a|the) (gaff|sloop)(| of yours)"
    read = Search([(pattern, "phrase")])
    literals = taking.index_of([(pattern, "phrase")]).literals
    assert len(literals) < 10
    assert all(b"gaff" in literal or b"sloop" in literal for literal in literals)
    text = "we had the gaff of yours, i saw a sloop; they had gaff"
    spans = [text[start:end] for start, end, _ in sorted(read.find(text))]
    assert spans == ["we had the gaff", "we had the gaff of yours", "i saw a sloop"]


def test_forms_that_begin_with_one_another_word_for_word_are_told():
    assert patterns.nested_forms("fair point(|s| taken| taken up)") == {
        "fair point": ["fair point taken", "fair point taken up"],
        "fair point taken": ["fair point", "fair point taken up"],
        "fair point taken up": ["fair point", "fair point taken"],
    }
    assert patterns.nested_forms("(fair|good) point") == {}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="a \n\0", max_size=12))
def test_blanks_are_joined_as_a_plain_rule_joins_them(text):
    view = joined(text)
    plain, places = slowly_joined(text)
    is_kept = not view.is_cut and "\n\n" in text  # a zero for each line break then
    assert view.text == (plain if not is_kept else text.replace("\n\n", "\0\0").replace("\n", " "))
    stood = [place for place, char in enumerate(view.text) if char == "a"]
    assert view.places(stood) == [place for place, char in enumerate(text) if char == "a"]
    assert is_kept or [places[place] for place in stood] == view.places(stood)


def test_signs_beyond_ascii_bound_words_and_letters_beyond_it_do_not():
    assert coarse("a\N{GRINNING FACE}b \N{HORIZONTAL ELLIPSIS}") == b"\x01 a b   "
    assert b" caf " not in coarse("caf\u00e9")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES[:11]), min_size=1, max_size=2), st.sampled_from(PIECES[:7]), TEXTS)
def test_gaps_are_found_where_a_plain_search_finds_them(before, after, text):
    wanted = [(f"{' '.join(before)} * {after}", "gap")]
    assert sorted(Search(wanted).find(text)) == slowly(wanted, text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_regexes_are_found_where_a_plain_search_finds_them(text):
    wanted = [(regex, "regex") for regex in REGEXES]
    assert sorted(Search(wanted).find(text)) == slowly(wanted, text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab'. -\n\0é’İ̇", max_size=30))
def test_any_characters_are_matched_by_the_same_bounds(text):
    wanted = [("a", "phrase"), ("b a", "phrase"), ("a'b", "phrase"), ("'a", "phrase"), ("é", "phrase")]
    assert sorted(Search(wanted).find(fold(text))) == slowly(wanted, fold(text))


@pytest.mark.parametrize("blank", [" ", "\n", "   ", " \n  "])
def test_words_match_over_a_line_break_or_several_blanks(blank):
    search = Search([("fair point", "phrase"), ("not * but", "gap")])
    text = f"a fair{blank}point, not{blank}me{blank}but you"
    assert [text[start:end] for start, end, _ in search.find(text)] == [
        f"fair{blank}point",
        f"not{blank}me{blank}but",
    ]


@pytest.mark.parametrize("blank", ["\n\n", "\n \n", "  \n\n  ", "\n\n\n"])
def test_nothing_matches_over_a_blank_line(blank):
    search = Search([("fair point", "phrase"), ("not * but", "gap"), ("fair(| fair) point", "phrase")])
    assert search.find(f"fair{blank}point, not{blank}me but, not me{blank}but") == []


def test_a_joined_text_says_where_its_characters_stood():
    view = joined("a  b\n c \n\n d\ne")
    assert view.text == "a b c\0d e"
    assert view.places([0, 2, 4, 6, 8]) == [0, 3, 6, 11, 13]
    assert view.spans([(0, 5), (6, 9)]) == [(0, 7), (11, 14)]


def test_forms_that_patterns_share_or_that_sound_alike_are_found_for_each_of_them():
    wanted = [("(red|blue) boat", "phrase"), ("(tan|red) boat", "phrase"), ("(red,|') boat", "phrase")]
    search = Search(wanted)
    for text in ("a red boat", "a red, boat", "' boat", "a tan boat", "a red boat"):  # the first one twice
        assert sorted(search.find(text)) == slowly(wanted, text)


@pytest.mark.parametrize("was_on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(was_on):
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        Search([("boat", "phrase")])
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()


def test_an_apostrophe_is_part_of_a_word_only_between_two_characters_of_it():
    assert coarse("'don't' a''b") == b"\x01  don't  a  b "


def test_a_gate_is_the_rarest_of_what_stands_in_every_match():
    slots, _ = slots_of("(i|you|we) (have|had) (a|the) (gaff|sloop) of (it|them)", "phrase")
    gate = gate_of(slots, exact=False)
    assert gate is not None
    assert all("gaff" in literal.text or "sloop" in literal.text for literal in gate.literals)


@pytest.mark.parametrize(
    ("unit", "small"),
    [
        ("not ", 30_000),
        ("a  b\n", 15_000),
        ("i think ", 5_000),
        ("you are ", 5_000),
        ("' ", 30_000),
        ("é", 30_000),
        ("best a in history ", 10_000),
    ],
)
def test_explaining_a_long_text_takes_time_that_grows_with_its_length(unit, small):
    lexicons = load_lexicons()
    assert_linear(repeated(unit), lexicons.explain, small=small)


def entries(lexicons):
    return [
        (entry.pattern, entry.match) for lexicon in lexicons.by_name.values() for entry in lexicon.entries
    ]


def test_an_index_that_was_kept_is_the_one_that_was_made():
    wanted = entries(load_lexicons(names=("moves", "evidence_cues")))
    made = taking.index_of(wanted)
    again = Index.loaded(made.dumped())
    assert again == made
    text = fold("You know very well that studies show this, and as far as I know you never read the paper!")
    assert Search(wanted, again).find(text) == Search(wanted).find(text) != []


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'"x"', b'{"literals": "a\\nb", "owners": [1]}', b'{"literals": 1}']
)
def test_what_is_no_index_is_refused(data):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        Index.loaded(data)


def test_our_lexicons_are_the_same_whether_their_index_was_kept_or_not(monkeypatch):
    names = ("boosters", "questions")
    files._load.cache_clear()
    monkeypatch.setattr(Derived, "read", lambda _self: None)
    fresh = load_lexicons(names=names)
    files._load.cache_clear()
    monkeypatch.undo()
    kept = load_lexicons(names=names)
    assert entries(kept) == entries(fresh)
    assert [lexicon.entries for lexicon in kept.by_name.values()] == [
        lexicon.entries for lexicon in fresh.by_name.values()
    ]
    for entry in [entry for lexicon in fresh.by_name.values() for entry in lexicon.entries][::7]:
        found = [
            [(match.start, match.end, match.entry) for match in lexicons.match(fold(entry.hit))]
            for lexicons in (fresh, kept)
        ]
        assert found[0] == found[1]
