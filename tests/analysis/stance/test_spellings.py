"""Names found in one pass stand where one regular expression of them all would find them."""

import re
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.analysis.stance.spellings import Spellings
from discourse.text.scripts import has_unspaced
from tests.growth import assert_linear, repeated

_DETERMINERS = "(?:the|our|your|their|this|that|these|those|his|her|its|said)"
_NAME_WORDS = ["plan", "harbour", "港", "u.s.", "ban", "the", "eu", "計画", "bob", "new", "bob's"]
_TEXT_WORDS = (
    "the our this his these a an such said woman's bob's plan harbour harbour's new u.s. eu 港 計画 o'neil's "
    "x1 1x _ @ # . , - / ' 's plan's é ban s"
).split()


def _written(form: str, kind: str) -> str:
    if form.startswith("the ") and kind == "measure" and not has_unspaced(form):
        return rf"(?:{_DETERMINERS}|an?|such|[^\W\d_]+'s) (?:[^\W\d_]+(?:'s)? )?{re.escape(form[4:])}"
    if form.startswith("the "):
        return rf"{_DETERMINERS} {re.escape(form[4:])}"
    return re.escape(form).replace(r"\ ", " ")


def _expression(forms: Mapping[str, str]) -> re.Pattern[str]:
    order = sorted(forms, key=lambda form: (form.startswith("the "), -len(form), form))
    bodies = [(has_unspaced(form), _written(form, forms[form])) for form in order]
    spaced, amid = (
        "|".join(body for is_amid, body in bodies if is_amid == wanted) for wanted in (False, True)
    )
    parts = [rf"(?<![\w/@#.])(?:{spaced})(?![\w@/]|\.\w)"] * bool(spaced) + [amid] * bool(amid)
    return re.compile("|".join(parts))


_NAMES = st.builds(
    lambda the, words: the + " ".join(words),
    st.sampled_from(["", "the "]),
    st.lists(st.sampled_from(_NAME_WORDS), min_size=1, max_size=3),
)
_TEXTS = st.lists(st.tuples(st.sampled_from(_TEXT_WORDS), st.sampled_from([" ", " ", ""])), max_size=14).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


@settings(max_examples=400)
@given(st.dictionaries(_NAMES, st.sampled_from(["measure", "other"]), min_size=1, max_size=5), _TEXTS)
def test_names_stand_where_one_expression_of_all_finds_them(forms, text):
    expected = [match.span() for match in _expression(forms).finditer(text)]
    assert Spellings(forms).find(text) == expected


def test_a_flood_of_one_name_is_read_in_linear_time():
    found = Spellings({"the plan": "measure", "the worse plan": "measure", "plan": "other"})
    assert_linear(repeated("the worse woman's plan "), found.find, small=20_000)
