"""A ConvoKit corpus: every chain of replies a conversation, every label in the meta of its utterance.

ConvoKit's trees need one root and every parent (`Conversation.check_integrity`), and times that can be
compared (`traverse` sorts by them): hence placeholders, and an order where a page gives no times.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from discourse.exchange.convokit.meta import (
    Meta,
    conversation_meta,
    index,
    loops_of,
    placeholder_meta,
    utterance_meta,
)
from discourse.exchange.convokit.threads import MISSING, Threads, free_name, survey
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.wanted import wanted_rows

_HOW = """A corpus for [ConvoKit](https://convokit.cornell.edu):

```python
from convokit import Corpus

corpus = Corpus(filename=".")  # this folder
for conversation in corpus.iter_conversations():
    for utterance in conversation.traverse("dfs"):
        hedges = [utterance.text[one["start"]:one["end"]] for one in utterance.meta["rhetoric"]
                  if one["label"] == "hedge"]
```

- A conversation is a post that answers nobody here, with all that answers it; its id is that post's. A page
  with many such posts gives many conversations: `conversation.meta["thread_id"]` holds them together.
- {missing:,} posts are answered and not here (deleted, never fetched, or not chosen). Each is an empty
  utterance with `meta["is_placeholder"]`, by the speaker `{speaker}`. It has the time of its first answer.
- `timestamp` is in seconds since 1970 (UTC) where every post of a conversation has a time. Elsewhere
  ({clockless:,} of {conversations:,} conversations) it is the post's number in this export, an order and no
  time: ConvoKit cannot walk a tree without one. `conversation.meta["timestamps"]` says which, `meta["time"]`
  holds what the page said.
- Speakers are names as the pages show them: one name on two pages is one speaker. A post without a name has a
  speaker of its own. `speaker.meta["kind"]`: named, nameless, gone (`[deleted]` and its like: many people) or
  missing.
- `meta` of an utterance: the lists `quote`, `reply`, `stance`, `rhetoric` and `claim` hold the labels of
  machines and people (`start` and `end` are places in `text`); `coded` says who looked for what, so that no
  label of theirs means "none there" (a machine's empty list is no such word, and it passes over posts in
  languages that it does not know); `answer` is how it answers, people before machines. Loops stand in
  `conversation.meta["loops"]`, with those turns that are of this conversation."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the corpus into an empty folder.

    Two passes: one for who answers whom, one for the posts with their labels.
    """
    threads = survey(corpus)
    missing = free_name(MISSING, {*threads.speakers, *threads.nameless.values()})
    with (folder / "utterances.jsonl").open("w", encoding="ascii", newline="\n") as file:
        file.writelines(_json(utterance) + "\n" for utterance in _utterances(corpus, threads, missing))
    _write_object(folder / "speakers.json", _speakers(threads, missing))
    loops = loops_of(corpus, threads)
    conversations = _write_object(folder / "conversations.json", _conversations(corpus, threads, loops))
    about = {"title": options.title, "licence": options.licence, "run_ids": corpus.run_ids}
    (folder / "corpus.json").write_text(_json({**about, "offsets": "code points"}) + "\n", encoding="ascii")
    (folder / "index.json").write_text(_json(index()) + "\n", encoding="ascii")
    counts = {"missing": len(threads.missing), "clockless": len(threads.clockless)}
    how = _HOW
    for name, value in {**counts, "conversations": conversations}.items():
        how = how.replace(f"{{{name}:,}}", f"{value:,}")
    return Written(how=how.replace("{speaker}", missing))


def _utterances(corpus: Corpus, threads: Threads, missing: str) -> Iterator[Meta]:
    written: set[str] = set()
    for number, one in enumerate(corpus.posts(), 1):
        post = one.post
        root, parent = threads.roots[post.post_id], threads.parents[post.post_id]
        is_ordered = root in threads.clockless
        if root in threads.missing and root not in written:
            written.add(root)
            yield _placeholder(root, missing, number if is_ordered else threads.missing[root])
        yield {
            "id": post.post_id,
            "conversation_id": root,
            "text": post.text,
            "speaker": threads.speaker(post.post_id, post.author),
            "meta": utterance_meta(one),
            "reply-to": parent,
            "timestamp": number if is_ordered else threads.times[post.post_id],
            "vectors": [],
        }


def _placeholder(post_id: str, speaker: str, timestamp: int | None) -> Meta:
    return {
        "id": post_id,
        "conversation_id": post_id,
        "text": "",
        "speaker": speaker,
        "meta": placeholder_meta(),
        "reply-to": None,
        "timestamp": timestamp,
        "vectors": [],
    }


def _speakers(threads: Threads, missing: str) -> Iterator[tuple[str, Meta]]:
    kinds = [*threads.speakers.items(), *((name, "nameless") for name in threads.nameless.values())]
    for name, kind in [*kinds, *([(missing, "missing")] if threads.missing else [])]:
        yield name, {"meta": {"kind": kind}, "vectors": []}


def _conversations(
    corpus: Corpus, threads: Threads, loops: dict[str, list[Meta]]
) -> Iterator[tuple[str, Meta]]:
    written: set[str] = set()
    for row in wanted_rows(corpus):
        root = threads.roots[row["post_id"]]
        if root not in written:
            written.add(root)
            meta = conversation_meta(row, threads, root, loops.get(root, []))
            yield root, {"meta": meta, "vectors": []}


def _write_object(path: Path, items: Iterable[tuple[str, Any]]) -> int:
    """Write one JSON object, a line an entry, without holding it; return how many entries it has."""
    count = 0
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("{")
        for count, (name, value) in enumerate(items, 1):
            file.write(("," if count > 1 else "") + f"\n{_json(name)}: {_json(value)}")
        file.write("\n}\n")
    return count


def _json(value: Any) -> str:
    # ASCII: ConvoKit opens its files in whatever encoding the machine has
    return json.dumps(value, ensure_ascii=True, allow_nan=False)
