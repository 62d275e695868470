"""Rows to numbers: how the tables `authors` and `summary` come about."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from discourse.model import Annotation
from discourse.summary.camps import camp_counts, camp_replies, camp_share, camp_stances
from discourse.summary.corrections import correction_counts
from discourse.summary.facts import Facts, grouped, is_guess, records
from discourse.summary.shape import loop_figures, posts_in_loops, thread_figures
from discourse.summary.sides import rate_interval, side_figures, side_words
from discourse.tables import AUTHORS, SUMMARY, Tables, frame_of, frame_of_columns
from discourse.tables.contract import EVIDENCES, LAYERS

RUN = ("run", "all")  # the unit that covers all tables

Row = tuple[str, str, str, float | None, str]  # as SUMMARY orders its columns


def part_of(thread_id: str, name: str) -> str:
    """Write the `unit_id` of an author or target of a thread; the first `/` always parts the two."""
    return thread_id.replace("%", "%25").replace("/", "%2F") + "/" + name


def summarise(tables: Tables) -> Tables:
    """Return the tables `authors` and `summary`, and nothing else.

    Shares lie between 0 and 1; rates are per 1,000 own words, what a post quotes not
    counted; a share of nothing is empty, never 0.
    """
    own = tables["sources"]["source_id"].isin(tables.sources_of_posts())
    tables = tables.replace(
        sources=tables["sources"][own]
    )  # without articles that were read beside the posts
    facts = Facts.of(tables)
    kept: list[list[Any]] = [[] for _ in SUMMARY.names]  # columns: rows are many, and die at once
    rows: list[Row] = [*_of_run(tables), *_of_unit(*RUN, facts)]
    rows += [row for source in records(tables["sources"]) for row in _of_source(source)]
    people: list[dict[str, Any]] = []
    for thread_id, thread in facts.by_thread():
        _keep(kept, rows)
        rows = []
        rows += _of_unit("thread", thread_id, thread)
        rows += [("thread", thread_id, *figure) for figure in camp_replies(thread)]
        rows += [("thread", thread_id, *figure) for figure in thread_figures(thread)]
        rows += [("loop", loop_id, *figure) for loop_id, figure in loop_figures(thread)]
        author_of = {post.post_id: post.author for post in thread.posts}
        marks = grouped(thread.layer("rhetoric"), _author_by(author_of))
        for profile in _profiles(thread_id, thread):
            people.append(profile)
            rows += _of_author(profile, marks.get(profile["author"], []))
        rows += [*_of_sides(thread_id, thread), *_of_posts(thread), *_of_targets(thread_id, thread)]
    turns = grouped(facts.turns, lambda turn: turn["loop_id"])
    rows += [row for loop in facts.loops for row in _of_loop(loop, turns.get(loop["loop_id"], []))]
    _keep(kept, rows)
    summary = frame_of_columns(SUMMARY, dict(zip(SUMMARY.names, kept, strict=True)))
    return Tables({"authors": _authors_table(people), "summary": summary})


def _keep(kept: list[list[Any]], rows: list[Row]) -> None:
    """Add rows to columns."""
    for column, values in zip(kept, zip(*rows, strict=True), strict=False):
        column.extend(values)


def _of_run(tables: Tables) -> Iterator[Row]:
    stated = tables["sources"]["stated_count"].dropna()
    yield (*RUN, "sources", float(len(tables["sources"])), "sources")
    yield (*RUN, "threads", float(tables["posts"]["thread_id"].nunique()), "threads")
    yield (*RUN, "posts_stated", float(stated.sum()) if len(stated) else None, "posts")
    yield (*RUN, "faults", float(len(tables["faults"])), "faults")
    yield from ((*RUN, metric, number, unit) for metric, number, unit in correction_counts(tables))


def _of_source(source: Mapping[str, Any]) -> Iterator[Row]:
    where = ("source", str(source["source_id"]))
    yield (*where, "posts_found", float(source["found_count"]), "posts")
    yield (*where, "posts_stated", _number(source["stated_count"]), "posts")
    yield (*where, "reader_score", _number(source["reader_score"]), "score")


def _of_unit(kind: str, name: str, facts: Facts) -> Iterator[Row]:
    """Yield what holds of a run and of a thread alike."""
    words = sum(facts.words[post.post_id] for post in facts.posts)
    counts: list[tuple[str, float, str]] = [
        ("posts_found", len(facts.posts), "posts"),
        ("authors", len({post.author for post in facts.posts}), "authors"),
        ("own_words", words, "words"),
        *_link_counts(facts),
        ("authors_without_stance", _without_stance(facts), "authors"),
        *camp_counts(facts),
        ("targets", len(facts.targets), "targets"),
        ("claims", len(facts.claims), "claims"),
        *_tally(
            "quotes", ("external" if q.target == "external" else "internal" for q in facts.layer("quote"))
        ),
        *_tally("replies", (mark.label for mark in facts.layer("reply"))),
        *_tally("stances", (row["label"] for row in facts.on_targets())),
        *_tally("claim_stances", (row["label"] for row in facts.on_claims())),
        *_tally("loops.kind", (loop["kind"] for loop in facts.loops)),
        *_tally("loops.state", (loop["state"] for loop in facts.loops)),
        ("loops", len(facts.loops), "loops"),
        *((what, sum(loop[what] for loop in facts.loops), "turns") for what in _LOOP_COUNTS),
    ]
    yield from ((kind, name, metric, float(value), unit) for metric, value, unit in counts)
    yield from _marker_rows(kind, name, facts.layer("rhetoric"), words)
    yield from _coverage(kind, name, facts)
    yield (kind, name, "authors_in_camps_share", camp_share(facts), "share of authors")
    yield from ((kind, name, *figure) for figure in posts_in_loops(facts))
    yield from _languages(kind, name, facts)


def _without_stance(facts: Facts) -> int:
    known = {row["author"] for row in facts.on_targets()}
    return len({post.author for post in facts.posts if post.author} - known)


_LOOP_COUNTS = ("turns", "restatements", "empty_restatements")


def _link_counts(facts: Facts) -> Iterator[tuple[str, float, str]]:
    links = facts.links()
    guesses = sum(is_guess(post.reply_evidence, post.reply_score) for post in links)
    here = {post.post_id for post in facts.posts}
    kinds: Counter[str] = Counter(post.reply_evidence for post in links)
    yield "links", len(links), "posts"
    yield "links_stated", len(links) - guesses, "posts"
    yield "links_guessed", guesses, "posts"
    yield "links_missing", sum(post.reply_to not in here for post in links), "posts"
    yield "roots", len(facts.posts) - len(links), "posts"
    yield (
        "addressed_unlinked",
        sum(p.addressee is not None and p.reply_to is None for p in facts.posts),
        "posts",
    )
    for evidence in EVIDENCES[:-1]:
        yield f"links.{evidence}", kinds[evidence], "posts"


def _marker_rows(kind: str, name: str, marks: list[Annotation], words: int) -> Iterator[Row]:
    by_label = grouped(sorted(marks, key=lambda mark: mark.label), lambda mark: mark.label)
    yield (kind, name, "markers", float(len(marks)), "markers")
    yield (kind, name, "markers_per_1000", _rate(len(marks), words), "per 1,000 own words")
    for label, rows in by_label.items():
        low, high = rate_interval(len(rows), words) or (None, None)
        yield (kind, name, f"markers.{label}", float(len(rows)), "markers")
        yield (kind, name, f"markers_per_1000.{label}", _rate(len(rows), words), "per 1,000 own words")
        yield (kind, name, f"markers_per_1000_low.{label}", low, "per 1,000 own words")
        yield (kind, name, f"markers_per_1000_high.{label}", high, "per 1,000 own words")
        yield (kind, name, f"marker_posts.{label}", float(len({row.post_id for row in rows})), "posts")


def _coverage(kind: str, name: str, facts: Facts) -> Iterator[Row]:
    """Yield the share of posts with at least one row of each layer, and of any layer."""
    total = len(facts.posts)
    for layer in (*LAYERS, "any"):
        said = {mark.post_id for mark in facts.marks if layer in (mark.layer, "any")}
        share = round(len(said) / total, 4) if total else None
        yield (kind, name, f"coverage.{layer}", share, "share of posts")
        yield (kind, name, f"posts_with.{layer}", float(len(said)), "posts")


def _languages(kind: str, name: str, facts: Facts) -> Iterator[Row]:
    """Yield the posts in each language, the commonest first; `unknown` are those that could not be told."""
    counts = Counter(post.lang or "unknown" for post in facts.posts)
    for language in sorted(counts, key=lambda language: (-counts[language], language)):
        yield (kind, name, f"languages.{language}", float(counts[language]), "posts")


def _profiles(thread_id: str, thread: Facts) -> Iterator[dict[str, Any]]:
    """Yield one row of `authors` for each author, in the order of first posts.

    A reply to an own post counts as given and as received.
    """
    author_of = {post.post_id: post.author for post in thread.posts}
    posts = grouped(thread.posts, lambda post: post.author)
    words: Counter[str] = Counter()
    for post in thread.posts:
        words[post.author] += thread.words[post.post_id]
    tallies = _author_tallies(thread, author_of)
    for author, own in posts.items():
        row: dict[str, Any] = {"thread_id": thread_id, "author": author, "posts": len(own)}
        row["words"] = words[author]
        row |= {name: tally[author] for name, tally in tallies.items()}
        row["markers_per_1000"] = _rate(row["markers"], words[author])
        yield row


def _author_tallies(thread: Facts, author_of: Mapping[str, str]) -> dict[str, Counter[str]]:
    links = thread.links()
    stated = [post for post in links if not is_guess(post.reply_evidence, post.reply_score)]
    found = {
        "replies_given": Counter(post.author for post in links),
        "replies_received": Counter(author_of[p.reply_to or ""] for p in links if p.reply_to in author_of),
        "replies_given_stated": Counter(post.author for post in stated),
        "replies_received_stated": Counter(
            author_of[p.reply_to or ""] for p in stated if p.reply_to in author_of
        ),
    }
    for label in ("agree", "disagree", "neither"):
        rows = [mark for mark in thread.layer("reply") if mark.label == label]
        found[f"{label}_given"] = Counter(author_of[mark.post_id] for mark in rows)
    for label in ("favor", "against", "mixed"):
        found[f"targets_{label}"] = Counter(r["author"] for r in thread.on_targets() if r["label"] == label)
    found["turns"] = Counter(turn["author"] for turn in thread.turns)
    found["restatements"] = Counter(t["author"] for t in thread.turns if t["role"] == "restatement")
    empty = [t for t in thread.turns if t["role"] == "restatement" and t["is_empty"]]
    found["empty_restatements"] = Counter(turn["author"] for turn in empty)
    found["markers"] = Counter(author_of[mark.post_id] for mark in thread.layer("rhetoric"))
    return found


def _author_by(author_of: Mapping[str, str]) -> Callable[[Annotation], str]:
    return lambda mark: author_of[mark.post_id]


def _of_author(profile: Mapping[str, Any], marks: list[Annotation]) -> Iterator[Row]:
    where = ("author", part_of(profile["thread_id"], profile["author"]))
    for metric, value in profile.items():
        if metric not in ("thread_id", "author", "markers", "markers_per_1000"):
            yield (*where, metric, _number(value), "words" if metric == "words" else "count")
    yield from _marker_rows(*where, marks, profile["words"])


def _of_sides(thread_id: str, thread: Facts) -> Iterator[Row]:
    labels = sorted({mark.label for mark in thread.layer("rhetoric")})
    for camp, figure in side_figures(thread, labels):
        yield ("side", part_of(thread_id, str(camp)), *figure)
    for camp, word, odds, surety in side_words(thread):
        where = ("side_word", part_of(thread_id, f"{camp}/{word}"))
        yield (*where, "log_odds", odds, "log-odds ratio against the other side")
        yield (*where, "log_odds_z", surety, "standard errors")


def _of_posts(thread: Facts) -> Iterator[Row]:
    answered = Counter(post.reply_to for post in thread.links())
    marks: Counter[tuple[str, str]] = Counter((mark.post_id, mark.layer) for mark in thread.marks)
    for post in thread.posts:
        where = ("post", post.post_id)
        yield (*where, "own_words", float(thread.words[post.post_id]), "words")
        yield (*where, "replies_received", float(answered[post.post_id]), "posts")
        for layer in LAYERS:
            if marks[post.post_id, layer]:
                yield (*where, f"marks.{layer}", float(marks[post.post_id, layer]), "marks")


def _of_targets(thread_id: str, thread: Facts) -> Iterator[Row]:
    mentions = {row["target"]: row["mentions"] for row in thread.targets}
    stances = grouped(thread.stances, lambda row: row["target"])
    by_camp = camp_stances(thread)
    for target in dict.fromkeys([*mentions, *stances]):
        where = ("target", part_of(thread_id, target))
        rows = stances.get(target, [])
        if target in mentions:
            yield (*where, "mentions", float(mentions[target]), "mentions")
        for metric, value, _ in _tally("authors", (row["label"] for row in rows)):
            yield (*where, metric, value, "authors")
        for metric in ("favor_posts", "against_posts"):
            yield (*where, metric, float(sum(row[metric] for row in rows)), "posts")
        for metric, value in by_camp.get(target, ()):
            yield (*where, metric, value, "authors")


def _of_loop(loop: Mapping[str, Any], turns: list[dict[str, Any]]) -> Iterator[Row]:
    where = ("loop", str(loop["loop_id"]))
    sides = [turn["side"] for turn in sorted(turns, key=lambda turn: turn["turn"])]
    for metric in _LOOP_COUNTS:
        yield (*where, metric, float(loop[metric]), "turns")
    yield (*where, "score", _number(loop["score"]), "score")
    yield (*where, "with_evidence", float(sum(bool(turn["has_evidence"]) for turn in turns)), "turns")
    changes = sum(a != b for a, b in pairwise(sides))
    yield (*where, "side_changes", float(changes), "changes")
    for author, count in Counter(turn["author"] for turn in turns).items():
        yield ("loop_author", part_of(where[1], author), "turns", float(count), "turns")
    for side in ("a", "b"):
        own = [turn for turn in turns if turn["side"] == side]
        yield (*where, f"turns.{side}", float(len(own)), "turns")
        yield (*where, f"authors.{side}", float(len({turn["author"] for turn in own})), "authors")


def _authors_table(people: list[dict[str, Any]]) -> pd.DataFrame:
    table = frame_of(AUTHORS, people)
    more = {
        name: "float64" if name == "markers_per_1000" else "Int64"
        for name in table
        if name not in AUTHORS.names
    }
    return table.astype(more)


def _tally(prefix: str, labels: Iterable[str]) -> list[tuple[str, float, str]]:
    """Count labels as `prefix` in all and `prefix.LABEL` each, in the order of their names."""
    counts = Counter(labels)
    every = [(f"{prefix}.{label}", float(counts[label]), "rows") for label in sorted(counts)]
    return every if prefix.startswith("loops.") else [(prefix, float(counts.total()), "rows"), *every]


def _rate(count: int, words: int) -> float | None:
    return round(1000 * count / words, 4) if words else None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
