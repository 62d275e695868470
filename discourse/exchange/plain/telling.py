"""What the data card says of tables."""

from collections.abc import Iterable

_HOW = """One file a table; `post_id` joins them.

- `posts.{kind}`: the posts in the order of their pages, as the analysis read them, with the `text_hash` of
  their text (the first 16 hex digits of its SHA-256) and the name of their `run`.
- `annotations.{kind}`: every label, the machine's and people's (annotator `human:NAME`) together; `quote`
  is what stands from `start` to `end` of the post's text.
- `coded.{kind}`: who looked for which layer, or label, in which post: no label of theirs there means none.
- `labels.{kind}`: one row a post, for classifiers. `reply.label` is the label to the post in `reply_to`;
  `rhetoric.LABEL` is 1 or 0 for each marker that occurs. Where people looked, theirs is the word: it is
  there where more than half of those who looked say so; of `reply.label`, what most of them say, and none
  where they are even. `.by` says whose word it was (people or machine), `.score` is the machine's score or
  the share of the people. A 0 by the machine is a marker that it did not find, which is no proof that none
  is there. Nothing stands where nobody looked: a machine passes over posts in languages that it does not
  know, and looks for no marker that people alone gave here. `stance.LABEL`, `claim.LABEL` and `quote.LABEL`
  are lists of targets, claims and posts{lists}.
- what else the analysis wrote, as far as it goes with what was chosen: {others}. People's links and turns
  stand behind the machine's; an empty `reply_to` of a person's link says that the post answers nobody, an
  empty `side` that it is no turn of the loop.

{sums} of authors, figures of whole runs and faults of reading stay in the run.

{opener}"""


def how_tables(kind: str, opener: str, others: Iterable[str]) -> str:
    """Return Markdown on the tables of an export, as files of one ending.

    Parameters
    ----------
    opener
        Markdown on how to open them, with code.
    others
        The tables beside posts and labels.
    """
    lists = " (JSON)" if kind == "csv" else ""
    names = list(others)
    told = ", ".join(f"`{name}`" for name in names)
    sums = "Sums" if "stances" not in names else "Authors' posts are added up in `stances` alone: other sums"
    return _HOW.format(kind=kind, opener=opener, others=told, lists=lists, sums=sums)
