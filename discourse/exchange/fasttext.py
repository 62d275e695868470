"""Lines for fastText's `supervised`: `__label__` words, then the text of a post on one line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from urllib.parse import quote

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.settled import NONE, Givers, Kind, chosen_layers, class_name, settled
from discourse.exchange.splitting import testing_threads

PREFIX = "__label__"  # fastText's default; a word that begins so is a label
_END = "</s>"  # a word that is this ends a line for fastText, wherever it stands
_PARTS = ("train", "test")

_HOW = """A folder for each layer, in it `train.txt` and `test.txt` for fastText:

```
fasttext supervised -input reply/train.txt -output reply -wordNgrams 2
fasttext test reply.bin reply/test.txt
fasttext supervised -input rhetoric/train.txt -output rhetoric -loss one-vs-all
```

Lines, {part}:

{table}

A line is a post: its labels (`__label__rhetoric/hedge`; blanks in the name of a target as in addresses,
`%20`), then its own text on one line, every run of blanks and line ends one blank. A word of a comment that
fastText would take for a label or for the end of a line is broken by a blank (`__ label__`, `< /s>`). The
n-th line of `train.ids.txt` names the post of the n-th line. One answer stands for each post, people before
machines. A post that was looked at and shows nothing has `__label__LAYER/none`, as fastText passes over a
line without a label. Left out are posts without a word, posts of which it is not known how they answer,
and posts that nobody looked at for the layer: machines pass over posts in languages that they do not know.
In `stance` a post without a line may still take a side, as a machine says nothing where the text does not
decide; `__label__stance/none` means that people looked and found none. What is answered is not in the line:
fastText sees a bag of words and could not tell the two apart."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write a folder for each wanted layer."""
    del options  # it says nothing on lines of text
    layers = chosen_layers(corpus.choice)
    testing = testing_threads(corpus)
    counts: Counter[tuple[str, str]] = Counter()
    givers = Givers()
    with ExitStack() as stack:
        texts = {key: stack.enter_context(_opened(folder, *key, "txt")) for key in _files(layers)}
        ids = {key: stack.enter_context(_opened(folder, *key, "ids.txt")) for key in _files(layers)}
        for one in corpus.posts():
            givers.see(one)
            words = words_on_one_line(one.post.text)
            part = "test" if one.post.thread_id in testing else "train"
            for layer in layers if words else ():
                if (labels := _labels(one, layer, corpus)) is not None:
                    texts[layer, part].write(f"{' '.join(labels)} {words}\n")
                    ids[layer, part].write(line_of_id(one.post.post_id) + "\n")
                    counts[layer, part] += 1
    return Written(how=_how(layers, counts, bool(testing)) + givers.told(corpus.choice))


def _files(layers: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((layer, part) for layer in layers for part in _PARTS)


def _opened(folder: Path, layer: str, part: str, ending: str) -> IO[str]:
    (folder / layer).mkdir(exist_ok=True)
    return (folder / layer / f"{part}.{ending}").open("w", encoding="utf-8", newline="\n")


def _labels(one: LabelledPost, layer: str, corpus: Corpus) -> list[str] | None:
    kinds = settled(one, layer, corpus.choice)
    if kinds is None:
        return None
    found = kinds or {(NONE, None)}
    return sorted(PREFIX + label_word(layer, kind) for kind in found)


def label_word(layer: str, kind: Kind) -> str:
    """Return a class's name as one word: as `label_name` writes it, blanks as in addresses.

    Percent signs of the name itself are escaped there, so that no two classes share a word.
    """
    return _without_blanks(class_name(layer, kind))


def line_of_id(post_id: str) -> str:
    """Return a post's id on one line; `urllib.parse.unquote` undoes it."""
    return _without_blanks(post_id.replace("%", "%25"))


def _without_blanks(text: str) -> str:
    return "".join(quote(char) if char.isspace() or not char.isprintable() else char for char in text)


def words_on_one_line(text: str) -> str:
    """Return a text as fastText reads it: words with single blanks between them, none of them a command."""
    return " ".join(map(_harmless, text.replace("\0", " ").split()))


def _harmless(word: str) -> str:
    if word.startswith(PREFIX):
        return f"__ {word.removeprefix('__')}"
    return "< /s>" if word == _END else word


def _how(layers: Iterable[str], counts: Counter[tuple[str, str]], is_divided: bool) -> str:
    rows = [f"| {layer} | {counts[layer, 'train']:,} | {counts[layer, 'test']:,} |" for layer in layers]
    part = (
        "whole threads in one part (by a hash of the thread's id, a fifth of the threads to test on)"
        if is_divided
        else "all to train on: there are too few threads to set any apart"
    )
    table = "\n".join(["| layer | train | test |", "|---|---|---|", *rows])
    return _HOW.replace("{part}", part).replace("{table}", table)
