"""The data card that every export carries: what it holds, who made the labels, how often they are wrong."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from discourse import __version__
from discourse.exchange.corpus import Corpus, Tally
from discourse.exchange.formats import ExportOptions, Format, Written
from discourse.labels.decisions import HUMAN

CARD, FACTS = "README.md", "card.json"
GENERATOR = "discourse export"
_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # the steps in which Hugging Face counts
_ROWS = 200  # of the table of labels; targets and claims of a thread are not named in it, so it is short


def card_facts(corpus: Corpus, fmt: Format, options: ExportOptions) -> dict[str, Any]:
    """Return the card for programs.

    Returns
    -------
    dict
        `generator`, `format`, `run_ids`, `runs` (name, run id, SHA-256 of the sources, versions of code
        and makers), `licence`, and counts: `posts`, `threads`, `authors`, `languages`, `labels` by layer,
        label and maker. No name of an author and no sentence stands in it, and no clock.
    """
    tally = corpus.tally
    return {
        "generator": GENERATOR,
        "version": __version__,
        "format": fmt.name,
        "title": options.title,
        "licence": options.licence,
        "spreadsheet_safe": options.spreadsheet_safe,
        "run_ids": corpus.run_ids,
        "runs": [_run(*pair) for pair in zip(corpus.folders, corpus.records, strict=True)],
        "posts": tally.posts,
        "threads": len(tally.threads),
        "authors": len(tally.authors),
        "languages": dict(sorted(tally.languages.items())),
        "labels": [
            {"layer": layer, "label": label, "annotator": maker, "rows": rows}
            for (layer, label, maker), rows in sorted(tally.labels.items())
        ],
        "people": dict(sorted(tally.coded.items())),
    }


def _run(folder: Any, record: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: record[name] for name in ("code", "analyzers", "lexicons", "settings") if name in record}
    digests = [source.get("sha256") for source in record.get("sources", ()) if isinstance(source, Mapping)]
    return {"name": folder.name, "run_id": record.get("run_id"), "sources": digests, **known}


def card_page(corpus: Corpus, fmt: Format, options: ExportOptions, written: Written) -> str:
    """Return the card for people: Markdown with the YAML head that Hugging Face reads."""
    parts = [
        _front(corpus.tally, options, written),
        f"# {_line(options.title)}",
        _what(corpus, fmt),
        f"## What stands here\n\n{written.how.strip()}",
        _labels(corpus.tally),
        _errors(corpus),
        _PLACES,
        _personal(corpus),
        _licence(options),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(tally: Tally, options: ExportOptions, written: Written) -> str:
    people = any(maker.startswith(HUMAN) for _, _, maker in tally.labels)
    front: dict[str, object] = {
        "pretty_name": options.title,
        "license": options.licence or "unknown",
        "language": sorted(lang for lang in tally.languages if lang) or ["und"],
        "annotations_creators": ["machine-generated", *(["expert-generated"] if people else [])],
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "size_categories": [_size(tally.posts)],
        "tags": ["comment-threads", "stance", "rhetoric", "argument-mining", "discourse"],
        **written.front,
    }
    # JSON is YAML, and quotes whatever a title or a licence may hold
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items()]
    return "\n".join(["---", *lines, "---"])


def _size(posts: int) -> str:
    names = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"]
    return names[sum(posts >= step for step in _SIZES)]


def _what(corpus: Corpus, fmt: Format) -> str:
    tally = corpus.tally
    runs = ", ".join(f"`{run_id}`" for run_id in corpus.run_ids)
    counts = {"post": tally.posts, "thread": len(tally.threads), "author": len(tally.authors)}
    posts, threads, authors = (f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in counts.items())
    return (
        f"{posts} of {threads} by {authors}, labelled by discourse {__version__}; run {runs}. Format: "
        f"{fmt.name} ({fmt.what}). `{FACTS}` says the same for programs, with the versions of all makers."
    )


def _labels(tally: Tally) -> str:
    makers: dict[tuple[str, str], Counter[str]] = {}
    for (layer, label, maker), rows in tally.labels.items():
        makers.setdefault((layer, label), Counter())[maker] += rows
    if not makers:
        return "## Labels\n\nNone."
    lines = [
        f"| {_cell(layer)} | {_cell(label)} | {sum(count.values()):,} | {_cell(', '.join(sorted(count)))} |"
        for (layer, label), count in sorted(makers.items())
    ]
    more = [f"| … | {len(lines) - _ROWS} more in `{FACTS}` | | |"] if len(lines) > _ROWS else []
    head = ["## Labels", "", "| layer | label | rows | made by |", "|---|---|---|---|"]
    people = [f"{who} has read {posts:,} posts" for who, posts in sorted(tally.coded.items())]
    said = ["", f"Of people: {_line('; '.join(people))}."] if people else []
    return "\n".join([*head, *lines[:_ROWS], *more, *said])


def _errors(corpus: Corpus) -> str:
    known = dict(pair for record in corpus.records for pair in _rates(record))
    present = {name for layer, label, _ in corpus.tally.labels for name in (label, f"layer.{layer}")}
    lines = [
        f"- {_line(name.removeprefix('layer.'))}: {_line(known[name])}"
        for name in sorted(present & set(known))
    ]
    if not lines:
        return ""
    note = (
        "Labels of machines are often wrong. What was measured, elsewhere and not on these posts (a label "
        "that is not named here was not measured); `discourse agreement` measures it on posts that people "
        "have read:"
    )
    return "\n".join(["## How often labels are wrong", "", note, "", *lines])


def _rates(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rates = record.get("error_rates")
    return (
        ((str(name), str(says)) for name, says in rates.items()) if isinstance(rates, Mapping) else iter(())
    )


_PLACES = """## Places

Places are half-open ranges of code points of a post's text, as Python counts them, unless said otherwise
above. Each was checked against its quotation when this was written. A score is how strong the evidence is
within its maker, not a probability that holds across makers."""


def _personal(corpus: Corpus) -> str:
    settings = [record.get("settings") or {} for record in corpus.records]
    hidden = all(isinstance(one, Mapping) and one.get("pseudonyms") for one in settings)
    silent = all(isinstance(one, Mapping) and one.get("verbatim") is False for one in settings)
    names = (
        "Authors bear keyed pseudonyms; whoever has the key can test names, and nicknames may stay in texts."
        if hidden
        else "Names of authors stand here as their pages show them."
    )
    texts = "What people wrote is left out." if silent else "What people wrote stands here word for word."
    return (
        f"## Personal data\n\n{names} {texts} Comments are personal data even where they are public: keep "
        "and pass on this folder as the law and the platform's terms allow, use it for texts and threads "
        "and not to judge persons, and remove a post where its author asks for it (`post_id` finds it in "
        "every file)."
    )


def _licence(options: ExportOptions) -> str:
    known = (
        "not known to us: find it out before you pass this on" if options.licence is None else options.licence
    )
    return (
        f"## Licence\n\nOf the texts: {_line(known)}. The labels add no right to the texts; meanings of "
        "labels and figures on them are those of discourse (Apache-2.0)."
    )


def _line(text: str) -> str:
    """Return a text on one line; what Markdown would take for HTML shows as it is."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")
