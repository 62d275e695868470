"""Markers by models: passages, languages, spans within own words, batches, makers for every label."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from discourse.analysis.base import PostView, annotation
from discourse.analysis.rhetoric.markers import LEXICONS, RhetoricMarkers, languages_of_labels
from discourse.analysis.rhetoric.modelled import PASSAGE, model_rows, model_shares, passages
from discourse.learn.rhetoric import VERSION, of_comments, shipped
from discourse.learn.rhetoric_read import SENTENCES
from discourse.learn.second_opinion import MAKER, SecondOpinion
from discourse.lexicon import load_lexicons, load_pages
from discourse.model import Post, Span
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of

RUDE = "Oh great, another genius. You obviously can't read, you pathetic liar, so stop wasting my time."
ASKED = "So what? Do you really think anyone believes that?"
PLAIN = "The ferry leaves at nine and the bus waits for it at the pier."


def view_of(text: str, *, lang: str | None = None, quoted: Span | None = None) -> PostView:
    post = Post(post_id="p1", thread_id="t", source_id="s", position=1, author="Ida", text=text, lang=lang)
    bare = PostView(post, ())
    if quoted is None:
        return bare
    return PostView(post, (annotation(bare, quoted, layer="quote", label="quote", by="test@1"),))


def test_every_marker_of_the_codebook_has_a_maker():
    made = languages_of_labels(load_lexicons(names=LEXICONS), load_lexicons(names=("questions",)))
    assert set(made) >= set(load_pages())
    assert len(load_pages()) == 24


def test_an_insult_is_likelier_an_attack_than_a_timetable_is():
    shares = model_shares([view_of(RUDE), view_of(PLAIN)]).shares
    for label in ("ad_hominem", "sarcasm", "dismissal", "condescension"):
        rude, plain = shares[label]
        assert rude > plain
    assert shares["ad_hominem"][0] >= shipped().markers["ad_hominem"].least


def test_a_span_lies_within_its_post_and_names_the_model():
    rows = list(model_rows([view_of(f"{PLAIN} {RUDE}")]))
    assert rows
    for row in rows:
        assert row.quote == f"{PLAIN} {RUDE}"[row.start : row.end]
        assert row.annotator.startswith("model:")
        assert row.annotator.endswith(f"@{VERSION}")
        assert 0 < row.end - row.start <= len(RUDE)
        assert of_comments().markers[row.label].is_on


def test_the_deciding_sentence_holds_the_span():
    text = f"{PLAIN} {RUDE}"
    attacks = [row for row in model_rows([view_of(text)]) if row.label == "ad_hominem"]
    assert attacks
    assert all(row.start >= len(PLAIN) for row in attacks)


def test_quoted_words_are_not_judged():
    text = f"{RUDE}\n{PLAIN}"
    view = view_of(text, quoted=Span(start=0, end=len(RUDE)))
    assert all(row.start >= len(RUDE) for row in model_rows([view]))
    assert model_shares([view]).shares["ad_hominem"] == model_shares([view_of(PLAIN)]).shares["ad_hominem"]


@pytest.mark.parametrize(("lang", "speaks"), [(None, True), ("en", True), ("de", False)])
def test_other_languages_than_english_get_nothing(lang, speaks):
    view = view_of(RUDE, lang=lang)
    assert bool(list(model_rows([view]))) is speaks
    assert (model_shares([view]).shares["ad_hominem"][0] > 0) is speaks


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\u4f60\u597d", "ok", ".\n.\n", "a" * 5000, "?! " * 3000])
def test_any_text_may_be_given(text):
    for row in model_rows([view_of(text)]):
        assert text[row.start : row.end] == row.quote


def test_posts_do_not_depend_on_each_other():
    views = [view_of(RUDE), view_of(PLAIN), view_of(f"{RUDE} {PLAIN}")]
    alone = [model_shares([view]).shares for view in views]
    assert model_shares(views).shares == {label: [one[label][0] for one in alone] for label in alone[0]}


def test_passages_are_no_longer_than_models_know_unless_one_sentence_is():
    view = view_of(" ".join([PLAIN] * 40))
    found = passages(view)
    assert len(found) > 3
    assert all(len(passage.text) <= PASSAGE for passage in found)
    assert sum(len(passage.sentences) for passage in found) == len(view.sentences)


def test_where_a_lexicon_and_a_model_speak_one_row_stands_and_names_both():
    post = Post(post_id="p1", thread_id="t", source_id="s", position=1, author="Ida", text=ASKED)
    tables = Tables({"posts": frame_of(POSTS, [post]), "annotations": frame_of(ANNOTATIONS, [])})
    rows = RhetoricMarkers().analyze(tables)["annotations"].to_dict("records")
    words = RhetoricMarkers(models=False).analyze(tables)["annotations"].to_dict("records")
    assert not any(row["annotator"].startswith("model:") for row in words)
    for label in {row["label"] for row in rows}:
        spans = sorted((row["start"], row["end"]) for row in rows if row["label"] == label)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    labels = {row["label"] for row in words}
    assert any(row["label"] in labels and "model:" in str(row["also"]) for row in rows)
    both = [row for row in rows if isinstance(row["also"], str) and "model:" in row["also"]]
    assert all(not row["annotator"].startswith("model:") for row in both)


class Told:
    """A reader that finds one marker wherever a word stands, and keeps what it was asked."""

    def __init__(self, label, word):
        self.label, self.word, self.pairs = label, word, []
        labels = tuple(sorted({label, *SENTENCES}))
        self.questions = {"sentences": SimpleNamespace(head=SimpleNamespace(labels=labels))}

    def shares(self, question, pairs):
        self.pairs += pairs
        labels = self.questions[question].head.labels
        found = [
            [0.999 if label == self.label and self.word in text else 0.001 for label in labels]
            for text, _ in pairs
        ]
        return np.array(found)


@pytest.fixture
def marked(monkeypatch):
    """Let the reader have a say in one marker alone, which no linear model gives."""
    for label in list(SENTENCES):
        monkeypatch.delitem(SENTENCES, label)
    monkeypatch.setitem(SENTENCES, "generalisation", 0.5)
    assert not of_comments().markers["generalisation"].is_on
    return "generalisation"


def test_the_reader_gives_a_marker_that_no_linear_model_is_sure_of_and_is_named(marked):
    post = f"{PLAIN} Ferries never leave on time."
    reader = Told(marked, "ferries never")
    rows = list(model_rows([view_of(post)], SecondOpinion(reader)))
    assert [(row.label, row.also) for row in rows] == [(marked, MAKER)]
    assert rows[0].start >= len(PLAIN)
    assert post[rows[0].start : rows[0].end] == rows[0].quote
    # each sentence is read beside what stands before it in its own post
    assert reader.pairs == [
        (PLAIN.casefold(), ""),
        ("ferries never leave on time.", PLAIN.casefold()),
    ]


def test_markers_in_which_the_reader_has_no_say_are_as_they_were(marked):
    views = [view_of(f"{PLAIN} {RUDE}"), view_of(ASKED)]
    assert list(model_rows(views, SecondOpinion(Told(marked, "no such word")))) == list(model_rows(views))


def test_adaptive_asks_of_no_sentence_that_is_far_from_every_marker(marked):
    reader = Told(marked, "a")
    views = [view_of(PLAIN), view_of("All politicians are liars and they always were, every one of them.")]
    list(model_rows(views, SecondOpinion(reader, is_adaptive=True)))
    assert all("ferry" not in text for text, _ in reader.pairs)
    assert reader.pairs


def test_quoted_words_are_not_shown_to_the_reader(marked):
    reader = Told(marked, "pathetic")
    view = view_of(f"{RUDE}\n{PLAIN}", quoted=Span(start=0, end=len(RUDE)))
    assert list(model_rows([view], SecondOpinion(reader))) == []
    assert all("pathetic" not in text + before for text, before in reader.pairs)
