"""The neural reader that comes with the package: what it says of a pair, and of broken files."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn import neural
from discourse.learn.neural import ENCODER, Encoder, read_reader, shipped

FOLDER = Path(str(files("discourse.learn").joinpath("models", neural.MODEL)))
PAIRS = [
    ("no, the ferry was never late.", "the ferry is late every day."),
    ("exactly, and the crew knows it.", "the ferry is late every day."),
    ("", ""),
    ("the gulls are loud " * 90, "who feeds the gulls? " * 60),
    ("\u202e\x00 \U0001f6f6", "a"),
]


def test_no_row_depends_on_what_else_is_read():
    reader = shipped()
    together = reader.vectors(PAIRS)
    alone = np.vstack([reader.vectors([pair]) for pair in PAIRS])
    assert (together == alone).all()
    assert (reader.vectors(PAIRS[::-1]) == together[::-1]).all()


@pytest.mark.parametrize("question", ["reply", "sarcasm", "entailment"])
def test_shares_are_shares(question):
    head = shipped().questions[question].head
    shares = shipped().shares(question, PAIRS)
    assert shares.shape == (len(PAIRS), len(head.labels))
    assert ((shares >= 0) & (shares <= 1)).all()
    if head.is_choice:
        assert np.allclose(shares.sum(axis=1), 1, atol=5e-4)
    assert shipped().shares(question, []).shape == (0, len(head.labels))


def test_plain_disagreement_and_agreement_are_told_apart():
    labels = shipped().questions["reply"].head.labels
    no, yes = shipped().shares("reply", PAIRS[:2])
    assert no[labels.index("disagree")] > no[labels.index("agree")]
    assert yes[labels.index("agree")] > yes[labels.index("disagree")]


def test_what_pieces_and_marks_add_makes_up_the_points():
    text = PAIRS[0][0]
    reader = shipped()
    (pieces,) = reader.telling("sarcasm", ["forum"], [(text, "")])
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text.replace(" ", "")
    head = reader.questions["sarcasm"].head
    place = head.labels.index("forum")
    (vector,) = reader.vectors([(text, "")])
    points = float(vector @ head.weights[:, place]) * head.scale[place]
    ((_, last),) = reader._encoder.pieces([(text, "")])
    marks = float((last[[0, -1]] @ head.weights[:, place]).sum()) * head.scale[place] / len(last)
    assert sum(piece.weight for piece in pieces) + marks == pytest.approx(points, abs=0.01)


def test_a_file_that_was_changed_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "m")
    kept = (tmp_path / "m" / ENCODER).read_bytes()
    (tmp_path / "m" / ENCODER).write_bytes(kept[:-1] + b"x")
    with pytest.raises(ModelError, match="no reader"):
        read_reader(tmp_path / "m")
    (tmp_path / "m" / ENCODER).unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        read_reader(tmp_path / "m")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(neural, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="discourse-analyzer\\[neural\\]"):
        Encoder(b"", b"")


def test_the_card_tells_what_was_measured_and_the_files_are_small():
    card = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))
    assert all(told["measured_on"] for told in card["questions"].values())
    assert all(0 < value < 1 for value in card["figures"].values())
    assert (FOLDER / ENCODER).stat().st_size <= 25_000_000
