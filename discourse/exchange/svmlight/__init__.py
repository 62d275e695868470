"""Sparse matrices with named columns for scikit-learn's `load_svmlight_file`, one for each layer to learn.

A column never says what is to be learnt: markers are columns everywhere but in the matrix of `rhetoric`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.fasttext import line_of_id
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.settled import Givers, chosen_layers, class_name, settled
from discourse.exchange.svmlight.features import Columns, Vocabulary, marker_values, values_of, words_in

_SINGLE = "reply"  # of which a post has one label; of other layers it has any number

_HOW = """Sparse matrices in svmlight's form, a folder for each layer, for scikit-learn:

```python
from pathlib import Path
from sklearn.datasets import load_svmlight_file
from sklearn.model_selection import GroupKFold

names = Path("features.txt").read_text(encoding="utf-8").splitlines()
X, y, thread = load_svmlight_file("reply/data.svm", n_features=len(names), zero_based=False, query_id=True)
classes = Path("reply/classes.txt").read_text(encoding="utf-8").splitlines()  # y == 0 is classes[0]
parts = GroupKFold(5).split(X, y, groups=thread)  # from five threads on
```

The other layers have any number of labels a post, so pass `multilabel=True` and take `y` through
`MultiLabelBinarizer`; a post that was looked at and shows nothing has the empty tuple. In `stance` a post has
a row where somebody says something: a machine gives no stance where the text does not decide, so the empty
tuple means there that people looked and found none.

{table}

`features.txt` names the {columns:,} columns ({words:,} words: those in at least two posts, at most 50,000),
`rows.txt` in each folder the post of each row, `threads.txt` the thread of each `qid` (its first line is
`qid` 1). Ids stand in them as in addresses where they hold blanks. All values are counts: `surface:` how a
post is written (of `quoted_characters` those of quoted passages), `rhetoric:` markers (1 where it holds),
`word:` words in lower case. The columns `rhetoric:` are empty in `rhetoric/data.svm`. Beware of what they are
elsewhere: a machine's guesses, by programs that may have seen the same words, and 0 as well in posts that
nobody looked at. One answer stands for each post, people before machines; posts without one are left out, and
so are posts that nobody looked at for the layer: machines pass over posts in languages that they do not
know.{alone}"""


class _Seen(Struct):
    """What a first pass has seen."""

    classes: dict[str, set[str]]
    words: Vocabulary = field(default_factory=Vocabulary)
    markers: set[str] = field(default_factory=set)
    givers: Givers = field(default_factory=Givers)


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the matrices and their names into an empty folder.

    Two passes: one for words and classes, one for the rows.
    """
    del options  # it says nothing on numbers
    seen = _look(corpus)
    words = seen.words.commonest()
    columns = Columns.of(seen.markers, words)
    classes = {layer: sorted(names) for layer, names in seen.classes.items()}
    _write_lines(folder / "features.txt", columns.names)
    for layer, names in classes.items():
        (folder / layer).mkdir()
        _write_lines(folder / layer / "classes.txt", names)
    rows = _write_rows(corpus, folder, columns, classes)
    table = [f"| {layer} | {rows[layer]:,} | {len(names):,} |" for layer, names in classes.items()]
    how = _HOW.replace("{table}", "\n".join(["| layer | rows | classes |", "|---|---|---|", *table]))
    how = how.replace("{columns:,}", f"{len(columns.names):,}").replace("{words:,}", f"{len(words):,}")
    return Written(how=how.replace("{alone}", seen.givers.told(corpus.choice)))


def _look(corpus: Corpus) -> _Seen:
    layers = chosen_layers(corpus.choice)
    seen = _Seen(classes={layer: set() for layer in layers})
    for one in corpus.posts():
        seen.givers.see(one)
        seen.words.add(words_in(one.post.text))
        for layer in layers:
            seen.classes[layer].update(_classes_of(one, layer, corpus) or ())
        seen.markers.update(row.label for row in one.annotations if row.layer == "rhetoric")
    return seen


def _classes_of(one: LabelledPost, layer: str, corpus: Corpus) -> list[str] | None:
    kinds = settled(one, layer, corpus.choice)
    return None if kinds is None else [class_line(layer, label, target) for label, target in kinds]


def class_line(layer: str, label: str, target: str | None) -> str:
    """Return a class's name on one line; whatever would begin another stands as in addresses."""
    name = class_name(layer, (label, target))
    return "".join(char if char == " " else line_of_id(char) if char != "%" else char for char in name)


def _write_rows(
    corpus: Corpus, folder: Path, columns: Columns, classes: Mapping[str, list[str]]
) -> Counter[str]:
    """Write a row for each post and layer that has an answer; return how many each layer has."""
    places = {layer: {name: place for place, name in enumerate(names)} for layer, names in classes.items()}
    threads: dict[str, int] = {}
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        files = {layer: _opened(stack, folder / layer / "data.svm") for layer in classes}
        ids = {layer: _opened(stack, folder / layer / "rows.txt") for layer in classes}
        for one in corpus.posts():
            thread = threads.setdefault(one.post.thread_id, len(threads) + 1)
            plain, marked = _cells(one, columns, corpus)
            for layer in classes:
                if (found := _classes_of(one, layer, corpus)) is not None:
                    truth = ",".join(str(place) for place in sorted(places[layer][name] for name in found))
                    cells = plain if layer == "rhetoric" else marked
                    files[layer].write(f"{truth} qid:{thread}{cells}\n")
                    ids[layer].write(line_of_id(one.post.post_id) + "\n")
                    counts[layer] += 1
    _write_lines(folder / "threads.txt", map(line_of_id, threads))
    return counts


def _cells(one: LabelledPost, columns: Columns, corpus: Corpus) -> tuple[str, str]:
    """Return a post's cells without and with its markers."""
    quotes = (row for row in one.annotations if row.layer == "quote")
    values = values_of(one.post, words_in(one.post.text), quotes)
    markers = dict(marker_values(settled(one, "rhetoric", corpus.choice) or ()))
    return _line(columns.row(values)), _line(columns.row(values | markers))


def _line(cells: Iterable[tuple[int, int]]) -> str:
    return "".join(f" {number}:{value}" for number, value in cells)


def _opened(stack: ExitStack, path: Path) -> IO[str]:
    return stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))


def _write_lines(path: Path, lines: Iterable[str] | Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
