"""What tables and columns mean, in the words that Datasette shows."""

from typing import Any

from discourse.exchange.formats import ExportOptions
from discourse.exchange.sqlite.schema import ID, REJECTED, RUN, columns_of

TABLES = {
    "sources": "The files that were read.",
    "posts": "One comment a row, as its author left it.",
    "links": "Candidates for the post that a post answers, the machine's and people's.",
    "articles": "What pages hold beside their comments.",
    "annotations": "Labels on passages of posts, by machine and people.",
    "targets": "What threads argue about.",
    "stances": "An author's posts on one target added up, as the machine reads them.",
    "camps": "On which side of a thread the machine places its authors.",
    "claims": "Statements that at least two authors take up.",
    "loops": "Conflicting claims that are held against each other over and over.",
    "turns": "A post's part in a loop; without a side: a person says that it has none.",
    "context": "Sentences of articles that bear on a loop.",
    "claim_context": "Sentences of articles that bear on a claim.",
    "events": "Points at which a thread takes a turn.",
    "authors": "Counts by thread and author.",
    "summary": "Every number that the report shows.",
    "edits": "People's corrections of how a page was split.",
    "coded": "Who looked for what in which post: no label of theirs then means that none is there.",
    "faults": "What went wrong without stopping the analysis.",
    "about": "What this database was made of.",
    "labelled_posts": "Each label beside its post.",
    "disagreements": "Labels of which another annotator says something else, or nothing having looked.",
}
COLUMNS = {
    ID: "A number, from 1.",
    REJECTED: "1 where a person says that no such label stands here.",
    RUN: "The folder of the run that the post is from.",
    "uri": "The file as the user named it.",
    "reader": "Which profile or reader read it.",
    "reader_score": "0 to 1: how sure the reader is of its splits.",
    "stated_count": "How many comments the page itself states; empty where it states nothing.",
    "found_count": "How many posts were found.",
    "start_line": "The first line in the page, from 1; empty for other sources.",
    "end_line": "The last line in the page, from 1; empty for other sources.",
    "addressee_time": "When the post answered was written, where the page says so (UTC).",
    "title": "As the page has it.",
    "date": "ISO 8601, as the page states it.",
    "aliases": "Other names found for it, with | between.",
    "mentions": "How often it is named in own words, over the thread.",
    "favor_posts": "How many posts speak in favour of it.",
    "against_posts": "How many posts speak against it.",
    "attribute": "What is measured, where the claim is about a quantity.",
    "question": "What the loop is about.",
    "claim_a": "One claim.",
    "claim_b": "The claim against it.",
    "turns": "How many turns.",
    "restatements": "How many turns say an own claim again.",
    "empty_restatements": "How many of these bring neither a new reason nor new evidence.",
    "first_post": "The id of its first post.",
    "last_post": "The id of its last post.",
    "role": "assertion or restatement.",
    "brought_start": "Where the sentence that brings most of it begins, in the post's text.",
    "brought_end": "Where that sentence ends.",
    "gives": "1 where the value is the claim's own.",
    "replies_given": "How many of the posts answer somebody.",
    "replies_received": "How many posts answer them.",
    "unit_kind": "What the number is of: a thread, an author, a loop ...",
    "unit_id": "Which one.",
    "edit_id": "The edit's id.",
    "action": "join, split, relink ...",
    "stage": "What was being done.",
    "item_id": "To what.",
    "problem": "What went wrong.",
    "name": "What is told.",
    "also": "Other makers that say the same, with blanks between.",
    "annotator": "Who says so: a maker with its version, or human:NAME.",
    "author": "As the page shows it, or a pseudonym.",
    "addressee": "The name that the page says is answered.",
    "attributed_to": "Whom the article names for it.",
    "body_line": "The line of the page on which the text begins, from 1.",
    "brought": "What the turn brings that is new; empty where nothing.",
    "camp": "1 or 2.",
    "claim_id": "A claim's id, numbered within its thread.",
    "conflicts_with": "Ids of claims, with blanks between.",
    "detail": "What kind of label it is, in the words of its maker.",
    "end": "One past the last code point of the passage, in the post's text.",
    "entry": "The lexicon entry or rule behind the label.",
    "evidence": "What the link rests on; inferred is a guess.",
    "is_empty": "1 where the turn brings neither a new reason nor new evidence.",
    "has_evidence": "1 where the turn brings evidence.",
    "kind": "Of what sort it is.",
    "label": "What is said of the passage; in `coded`: the one label looked for, empty for the whole layer.",
    "lang": "ISO 639-1.",
    "layer": "quote, reply, stance, rhetoric or claim; of people also link, split and turn.",
    "loop_id": "A loop's id, numbered within its thread.",
    "meta": "Fields of an export that have no column here, as JSON.",
    "metric": "What is measured.",
    "novelty": "0 to 1: share of content words that the author has not yet used in the loop.",
    "number": "Among the events of its thread, from 1.",
    "position": "Place in the page, from 1.",
    "post_id": "A post's id.",
    "posts": "How many posts.",
    "quote": "What stands at the place, exactly.",
    "reply_evidence": "What it rests on: explicit, quote, mention, indent, inferred (a guess), or none.",
    "reply_score": "0 to 1: how sure the link is; without one, how sure it is that there is none.",
    "reply_to": "The post that it answers; it may be gone.",
    "score": "0 to 1: how sure the maker is; scores of different makers cannot be compared.",
    "sha256": "Of the file.",
    "side": "a or b.",
    "source_id": "A source's id.",
    "split_score": "0 to 1: how sure it is that a post begins here.",
    "start": "First code point of the passage, from 0, in the post's text.",
    "state": "How the loop ended.",
    "target": "Of a reply or quote: the post; of a stance: its target; of a claim: its id.",
    "text": "Exactly as it was read, with its line breaks.",
    "thread_id": "A thread's id.",
    "timestamp": "ISO 8601, UTC; empty where unknown.",
    "turn": "From 1.",
    "unit": "In what the value is measured.",
    "value": "The value.",
    "words": "How many words.",
    "is_person": "1 where a person gave the label.",
    "other": "The other annotator.",
    "other_label": "What they say; empty where they looked and gave no such label.",
}
# counts of authors are left out: they would rank people
FACETS = {
    "posts": ["thread_id", "lang", "reply_evidence"],
    "annotations": ["layer", "label", "annotator"],
    "coded": ["layer", "annotator"],
    "labelled_posts": ["layer", "label", "annotator"],
    "disagreements": ["layer", "label", "annotator", "other"],
    "loops": ["kind", "state"],
}
_VIEWED = {
    "labelled_posts": (
        "id post_id thread_id position author timestamp layer label target annotator is_person "
        "is_rejected score quote detail text"
    ).split(),
    "disagreements": "post_id layer target label annotator other_label other quote".split(),
    "about": ["name", "value"],
}
_BEFORE, _BEHIND = {"annotations": [ID]}, {"posts": [RUN], "annotations": [REJECTED]}


def metadata(database: str, options: ExportOptions) -> dict[str, Any]:
    """Return what Datasette reads with `-m metadata.json`.

    Parameters
    ----------
    database
        The name of the file without its ending.
    """
    licence = {} if options.licence is None else {"license": options.licence}
    return {
        "title": options.title,
        "description": "Reader comments with labels by discourse-analyzer and by people. The machine is "
        "often wrong: see README.md. Posts and names are personal data.",
        **licence,
        "databases": {database: {"tables": {name: _table(name) for name in TABLES}}},
    }


def _table(name: str) -> dict[str, Any]:
    columns = _VIEWED.get(name) or [*_BEFORE.get(name, ()), *columns_of(name), *_BEHIND.get(name, ())]
    words = {column: COLUMNS[column] for column in columns}
    told: dict[str, Any] = {"description": TABLES[name], "columns": words}
    if name in FACETS:
        told["facets"] = FACETS[name]
    if name == "posts":
        told |= {"fts_table": "posts_fts", "label_column": "post_id"}
    return told
