"""The pages of markers: each describes a label that exists, with examples that behave as they say."""

import pytest

from discourse.analysis.rhetoric.evidence import find_evidence
from discourse.analysis.rhetoric.markers import LEXICONS
from discourse.analysis.rhetoric.restatements import find_moves
from discourse.errors import LexiconError
from discourse.lexicon import load_lexicons, load_pages
from discourse.text.normalise import fold

PAGES = load_pages()
BY_MODELS = {"ad_hominem", "condescension", "sarcasm", "faulty_inference"}
BY_WORDS = [label for label in PAGES if not label.endswith("question") and label not in BY_MODELS]


def labels_in(text: str) -> set[str]:
    folded = fold(text)
    found = {match.label for match in load_lexicons(names=LEXICONS).match(folded)}
    return found | {"evidence" for _ in find_evidence(folded)} | {move.label for move in find_moves(folded)}


def test_every_label_of_the_marker_lexicons_has_a_page_and_so_has_every_other_of_the_codebook():
    labels = {
        label
        for lexicon in load_lexicons(names=(*LEXICONS, "questions")).by_name.values()
        for label in lexicon.labels
    }
    assert labels <= set(PAGES)
    assert len(PAGES) == 24


@pytest.mark.parametrize("label", BY_WORDS)
def test_the_examples_of_a_page_carry_its_marker(label):
    for text in PAGES[label].yes:
        assert label in labels_in(text), text


@pytest.mark.parametrize("label", [label for label in BY_WORDS if label != "name_calling"])
def test_what_only_looks_like_a_marker_carries_none(label):
    for text in PAGES[label].no:
        assert label not in labels_in(text), text


def test_a_folder_without_pages_has_none_and_a_faulty_file_is_told(tmp_path):
    assert load_pages(tmp_path) == {}
    other = tmp_path / "other"
    other.mkdir()
    (other / "markers.toml").write_text("[hedge]\nyes = []\n")
    with pytest.raises(LexiconError, match=r"markers\.toml"):
        load_pages(other)
