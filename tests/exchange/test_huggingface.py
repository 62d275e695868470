import json

import pyarrow.parquet as pq
import pytest

from discourse.exchange.corpus import Corpus
from discourse.exchange.exporting import export_runs
from discourse.exchange.formats import ExportOptions
from discourse.exchange.huggingface import SPLITS, split_of, write
from discourse.exchange.splitting import is_for_test
from discourse.tables import CONTRACT, Tables, frame_of
from tests.exchange.made_run import post, store_run
from tests.exchange.plain.going_round import exported, run_with


def threads(count: int, *, prefix: str = "t") -> Tables:
    """Return a run of threads of three posts each, whose posts stand between those of other threads."""
    rows = [
        post(1, f"Post {turn} of {thread}.")
        | {"post_id": f"{prefix}{thread}:{turn}", "thread_id": f"{prefix}{thread}"}
        for turn in range(3)
        for thread in range(count)
    ]
    return Tables({name: frame_of(CONTRACT[name], rows if name == "posts" else ()) for name in CONTRACT})


def by_split(folder) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((folder / "data").iterdir()):
        found.setdefault(path.name.partition("-")[0], set()).update(
            pq.read_table(path)["thread_id"].to_pylist()
        )
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    base = tmp_path_factory.mktemp("threads")
    return exported(store_run(base / "run", threads(60)), base / "out", write)


def test_every_thread_stands_whole_in_one_split(folder):
    found = by_split(folder)
    assert set(found) == set(SPLITS)
    assert sum(map(len, found.values())) == 60
    assert len(set.union(*found.values())) == 60
    assert len(found["train"]) > 36


def test_a_thread_keeps_its_split_when_others_come(folder, tmp_path):
    run = store_run(tmp_path / "run", threads(90))
    later = by_split(exported(run, tmp_path / "out", write))
    for name, kept in by_split(folder).items():
        assert kept <= later[name]


def test_nothing_that_other_formats_test_on_is_trained_on(folder):
    assert not [thread for thread in by_split(folder)["train"] if is_for_test(thread)]


def test_a_split_is_told_by_the_id_alone():
    names = [f"t{number}" for number in range(400)]
    held = frozenset(filter(is_for_test, names))
    counts = [sum(split_of(name, held) == split for name in names) for split in SPLITS]
    assert counts[0] == 400 - len(held)
    assert min(counts[1:]) > 15


def test_few_threads_all_go_into_training_and_the_card_says_so(tmp_path):
    run = run_with(tmp_path)
    (tmp_path / "out").mkdir()
    with Corpus([run]) as corpus:
        written = write(corpus, tmp_path / "out", ExportOptions())
    assert by_split(tmp_path / "out") == {"train": {"pier"}}
    assert "too few threads" in written.how
    assert written.front["configs"] == [
        {"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*.parquet"}]}
    ]


def test_labels_are_lists_within_the_row_of_their_post(tmp_path):
    run = run_with(tmp_path)
    folder = exported(run, tmp_path / "out", write)
    rows = pq.read_table(folder / "data" / "train-00000.parquet").to_pylist()
    with Corpus([run]) as corpus:
        for row, one in zip(rows, corpus.posts(), strict=True):
            assert row["text"] == one.post.text
            assert [row["text"][label["start"] : label["end"]] for label in row["annotations"]] == [
                label.quote for label in one.annotations
            ]
            assert [entry["annotator"] for entry in row["coded"]] == [e["annotator"] for e in one.coded]
            assert "post_id" not in (row["annotations"] or [{}])[0]


def test_many_posts_stand_in_several_files(tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.exchange.huggingface._POSTS_A_FILE", 3)
    folder = exported(run_with(tmp_path), tmp_path / "out", write)
    names = sorted(path.name for path in (folder / "data").iterdir())
    assert names == ["train-00000.parquet", "train-00001.parquet", "train-00002.parquet"]
    assert sum(pq.read_metadata(folder / "data" / name).num_rows for name in names) == 8


def test_the_same_run_gives_the_same_bytes(tmp_path):
    run = run_with(tmp_path)
    one, other = (exported(run, tmp_path / name, write) / "data" / "train-00000.parquet" for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_the_real_datasets_opens_the_export_with_its_card(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    run = store_run(tmp_path / "run", threads(60))
    export_runs([run], to="huggingface", out=tmp_path / "out")
    found = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {name: part.num_rows // 3 for name, part in found.items()} == {
        name: len(kept) for name, kept in by_split(tmp_path / "out").items()
    }
    assert "annotations" in found["train"].features


def test_the_card_lists_the_files_of_each_split(tmp_path):
    run = store_run(tmp_path / "run", threads(60))
    card = export_runs([run], to="huggingface", out=tmp_path / "out").card.read_text(encoding="utf-8")
    (configs,) = [line for line in card.splitlines() if line.startswith("configs: ")]
    files = json.loads(configs.partition(": ")[2])[0]["data_files"]
    assert [one["split"] for one in files] == list(SPLITS)
