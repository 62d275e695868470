"""Posts as the statements and answers as the votes of a Polis conversation, in the CSV that Polis exports.

Columns and order are those of Polis' own `comments.csv` and `votes.csv`, and so is the sign of a vote: 1
agrees, -1 disagrees (Polis' database has them the other way round).
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.plain.formulas import marked
from discourse.exchange.settled import settled_reply
from discourse.exchange.wanted import wanted_rows
from discourse.model import Annotation
from discourse.text.gone import is_gone

_COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body".split(",")
_VOTES = "timestamp,datetime,comment-id,voter-id,vote".split(",")
_POSTS = "comment-id,post-id,thread-id,run".split(",")
_SIGNS = {"agree": 1, "disagree": -1}
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_HOW = """`comments.csv` and `votes.csv` have the columns of a Polis export, for programs that read one:

```python
import pandas as pd

votes = pd.read_csv("votes.csv").pivot(index="voter-id", columns="comment-id", values="vote")
posts = pd.read_csv("posts.csv", dtype=str, keep_default_na=False)  # ids of posts are no numbers
```

A post is a statement, and an author who answers it a voter: `agree` is 1, `disagree` is -1, as in Polis'
exports. {votes:,} votes by {voters:,} voters on {posts:,} posts. Each author has one vote on a post, that of
the last answer; answers that take neither side and answers to oneself are no votes, and no author is made to
vote for an own post, as Polis does. People's labels come before machines'. Few people answer few posts, so
the table is far emptier than one of Polis: groups found in it are to be doubted.

{times} `moderated` is 0: nobody has looked. All threads stand in one conversation; `posts.csv` names post,
thread and run of each statement. Authors are numbers, one a name; no file here says whose (the run does).
Authors without a name, and those shown as deleted, are one number a post.{marks}"""
_SECONDS = "`timestamp` is in seconds since 1970 (UTC)."
_ORDER = (
    "Not every post has a time here, so that `timestamp` is the post's number in this export, an order and "
    "no time; `datetime` is filled where the page gave one."
)
_MARKS = """

Names of columns are those of Polis, but cells are marked for spreadsheets (`--spreadsheet-safe`): one that a
spreadsheet would run or rewrite, such as the id `001`, has `_` before it, and so has a part of one. Where
this package is installed, this takes the marks off again; elsewhere, export without `--spreadsheet-safe`:

```python
from discourse.exchange.plain.formulas import unmarked

posts[["post-id", "thread-id", "run"]] = posts[["post-id", "thread-id", "run"]].map(unmarked)
```"""


class _Numbers(Struct):
    """Numbers for posts and authors, in the order of the posts; ids and names alone are held."""

    posts: dict[str, int] = field(default_factory=dict)
    authors: list[int] = field(default_factory=list)  # of each post
    is_timed: bool = True  # whether every post has a time


class _Vote(Struct, frozen=True):
    sign: int
    voted: int  # number of the answer


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write `comments.csv`, `votes.csv` and `posts.csv` into an empty folder."""
    safe: Callable[[str], str] = marked if options.spreadsheet_safe else str
    numbers = _numbers(corpus)
    votes = _votes(corpus, numbers)
    moments = _write_posts(corpus, folder, numbers, votes, safe)
    with (folder / "votes.csv").open("w", encoding="utf-8", newline="") as file:
        add_vote = _rows_into(file, _VOTES)
        for on, by in sorted(votes):
            add_vote([*moments[votes[on, by].voted], on, by, votes[on, by].sign])
    how = _HOW.replace("{times}", _SECONDS if numbers.is_timed else _ORDER)
    how = how.replace("{marks}", _MARKS if options.spreadsheet_safe else "")
    voters = len({by for _, by in votes})
    for name, count in {"votes": len(votes), "voters": voters, "posts": len(numbers.posts)}.items():
        how = how.replace(f"{{{name}:,}}", f"{count:,}")
    return Written(how=how)


def _numbers(corpus: Corpus) -> _Numbers:
    found = _Numbers()
    names: dict[str, int] = {}
    count = 0
    for number, row in enumerate(wanted_rows(corpus)):
        found.posts[row["post_id"]] = number
        name = row["author"]
        author = count if is_gone(name) else names.setdefault(name, count)
        count += author == count
        found.authors.append(author)
        found.is_timed &= row["timestamp"] is not None
    return found


def _votes(corpus: Corpus, numbers: _Numbers) -> dict[tuple[int, int], _Vote]:
    """Return the votes, by statement and voter."""
    votes: dict[tuple[int, int], _Vote] = {}
    for number, one in enumerate(corpus.posts()):
        voter = numbers.authors[number]
        for target, label in _answers(one):
            on = numbers.posts.get(target)
            if on is not None and numbers.authors[on] != voter and label in _SIGNS:
                votes[on, voter] = _Vote(_SIGNS[label], number)
            elif on is not None:
                votes.pop((on, voter), None)  # who takes no side any more has no vote
    return votes


def _answers(one: LabelledPost) -> Iterator[tuple[str, str]]:
    """Yield the posts that a post answers, and how."""
    rows: dict[str, list[Annotation]] = defaultdict(list)
    for row in one.unrejected():
        if row.layer == "reply" and (target := row.target or one.post.reply_to):
            rows[target].append(row)
    for target, said in rows.items():
        if (answer := settled_reply(said)) is not None:
            yield target, answer.label


def _write_posts(
    corpus: Corpus,
    folder: Path,
    numbers: _Numbers,
    votes: dict[tuple[int, int], _Vote],
    safe: Callable[[str], str],
) -> dict[int, tuple[int, str]]:
    """Write statements and their posts; return time and date of those posts that are votes."""
    agrees = Counter(on for (on, _), vote in votes.items() if vote.sign > 0)
    disagrees = Counter(on for (on, _), vote in votes.items() if vote.sign < 0)
    voted = {vote.voted for vote in votes.values()}
    moments: dict[int, tuple[int, str]] = {}
    with (
        (folder / "comments.csv").open("w", encoding="utf-8", newline="") as comments,
        (folder / "posts.csv").open("w", encoding="utf-8", newline="") as posts,
    ):
        add_comment, add_post = _rows_into(comments, _COMMENTS), _rows_into(posts, _POSTS)
        for number, one in enumerate(corpus.posts()):
            post, author = one.post, numbers.authors[number]
            moment = _moment(post.timestamp, number, is_timed=numbers.is_timed)
            if number in voted:
                moments[number] = moment
            add_comment([*moment, number, author, agrees[number], disagrees[number], 0, safe(post.text)])
            add_post([number, *map(safe, (post.post_id, post.thread_id, one.run))])
    return moments


def _rows_into(file: IO[str], header: Sequence[str]) -> Callable[[Sequence[object]], object]:
    writer = csv.writer(_LineFeeds(file), lineterminator="\r\n")
    writer.writerow(header)
    return writer.writerow


class _LineFeeds:
    """Ends each row with a line feed, as Polis does.

    The writer is told otherwise, as it puts only those signs between quotation marks that its own rows end
    with, and a bare carriage return would end a row for those who read it.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, row: str) -> None:
        self._file.write(row.removesuffix("\r\n") + "\n")


def _moment(moment: datetime | None, number: int, *, is_timed: bool) -> tuple[int, str]:
    """Return `timestamp` and `datetime` of a post, the latter as JavaScript writes dates, in UTC."""
    if moment is None:
        return number + 1, ""
    seconds = int(moment.timestamp() // 1)
    return seconds if is_timed else number + 1, date_line(moment)


def date_line(moment: datetime) -> str:
    """Write a moment as Polis' server does; by hand, as names of days depend on the machine's language."""
    utc = moment.astimezone(UTC)
    day = f"{_DAYS[utc.weekday()]} {_MONTHS[utc.month - 1]} {utc.day:02} {utc.year:04}"
    return f"{day} {utc:%H:%M:%S} GMT+0000 (Coordinated Universal Time)"
