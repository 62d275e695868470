"""Who answers and quotes whom: ids and names alone are held, no text."""

import sys

from msgspec import Struct, field

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.networks.standing import quoted, verdicts
from discourse.text.gone import is_gone

PERSON = "person"  # the evidence of a link that a person has set


class Author(Struct):
    """One name, in however many threads it stands."""

    number: int  # from 1, in the order of their first posts
    first_post: str
    posts: int = 0
    threads: set[str] = field(default_factory=set)


class Counted(Struct):
    """What the posts of a corpus say of who speaks to whom."""

    authors: dict[str, Author] = field(default_factory=dict)  # named ones, in the order of their first posts
    author_of: dict[str, str] = field(default_factory=dict)  # of every post, "" where nobody is named
    links: list[tuple[str, str, str, float | None]] = field(default_factory=list)  # from, to, evidence, score
    answers: list[tuple[str, str, str]] = field(default_factory=list)  # from, to, verdict
    quotes: list[tuple[str, str]] = field(default_factory=list)  # from, to
    external: int = 0  # quotations of what is no post
    is_timed: bool = False  # whether any post has a time

    @property
    def nameless(self) -> int:
        """How many posts stand under no name, or under one for everybody who has left."""
        return sum(not author for author in self.author_of.values())

    def is_known(self, source: str, target: str) -> bool:
        """Say whether both posts are there, and both have a named author."""
        return bool(self.author_of.get(source) and self.author_of.get(target))


def count(corpus: Corpus) -> Counted:
    """Go through all posts once."""
    found = Counted()
    relinked = _relinked(corpus)
    for one in corpus.posts():
        post_id = sys.intern(one.post.post_id)
        _add_author(found, one, post_id)
        found.is_timed = found.is_timed or one.post.timestamp is not None
        _add_link(found, one, post_id, relinked)
        found.answers += [(post_id, sys.intern(to), said) for to, said in verdicts(one).items()]
        for to in quoted(one):
            if to == "external":
                found.external += 1
            else:
                found.quotes.append((post_id, sys.intern(to)))
    return found


def _add_author(found: Counted, one: LabelledPost, post_id: str) -> None:
    name = "" if is_gone(one.post.author) else sys.intern(one.post.author)
    found.author_of[post_id] = name
    if name:
        author = found.authors.setdefault(name, Author(len(found.authors) + 1, post_id))
        author.posts += 1
        author.threads.add(sys.intern(one.post.thread_id))


def _add_link(found: Counted, one: LabelledPost, post_id: str, relinked: dict[str, str]) -> None:
    post = one.post
    if post_id in relinked:
        if relinked[post_id]:
            found.links.append((post_id, sys.intern(relinked[post_id]), PERSON, 1.0))
    elif post.reply_to:
        found.links.append((post_id, sys.intern(post.reply_to), post.reply_evidence, post.reply_score))


def _relinked(corpus: Corpus) -> dict[str, str]:
    """Return the links that people have set, where all who set one agree; "" where it answers nobody."""
    found: dict[str, set[str]] = {}
    for row in corpus.peoples_rows("links"):
        if corpus.choice.takes_maker(row["annotator"]):
            found.setdefault(row["post_id"], set()).add(row["reply_to"] or "")
    return {post_id: next(iter(links)) for post_id, links in found.items() if len(links) == 1}
