"""Doubtful links: guesses at whom a comment answers, and answers to what is not here."""

from discourse.model import Link, Post
from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Pieces, data, listed_pieces, post_link, said
from discourse.report.basis.words import EVIDENCE, counted
from discourse.report.quality.doubt_groups import SHOWN, Group, group_of, who
from discourse.summary import preferred
from discourse.tables import rows_of

_CANDIDATES = 2  # other posts that may be answered
_LEAST_CANDIDATE = 0.05


def doubtful_links(book: Book) -> Group | None:
    """List links that are guesses, the least sure first, with what else may be answered."""
    guessed = [
        p for p in book.posts if p.reply_to is not None and p.reply_to in book.by_id and book.guessed(p)
    ]
    guessed.sort(key=lambda post: post.reply_score or 0.0)
    others = _candidates(book, [post.post_id for post in guessed[:SHOWN]])
    return group_of(
        "Whom a comment answers",
        counted(len(guessed), "comment"),
        "Nothing on the page says it, or what it says fits several comments; the least sure first.",
        len(guessed),
        (_guess(book, post, others) for post in guessed),
        "tables/posts.csv (reply_score) and tables/links.csv",
    )


def unlinked(book: Book) -> Group | None:
    """List answers to a comment or a person that is not here."""
    lost = [post for post in book.posts if post.reply_to is not None and post.reply_to not in book.by_id]
    lost += [post for post in book.posts if post.reply_to is None and post.addressee]
    return group_of(
        "Answers to what is not here",
        counted(len(lost), "comment"),
        "They answer a comment that was not found: it is gone, or was not on the page, or was cut wrongly.",
        len(lost),
        (_lost(book, post) for post in lost),
        "tables/posts.csv (addressee)",
    )


def _guess(book: Book, post: Post, others: dict[str, list[Link]]) -> Pieces:
    parent = book.by_id[post.reply_to or ""]
    how = EVIDENCE[post.reply_evidence] + ("" if post.reply_evidence == "inferred" else ", but unsure")
    rest = [
        said(post_link(book.refs[link.reply_to]), f" ({link.score:.2f})")
        for link in others.get(post.post_id, [])
        if link.reply_to != post.reply_to and link.reply_to in book.refs
    ][:_CANDIDATES]
    return said(
        *who(book, post),
        " → ",
        *who(book, parent),
        f": {how}, score {post.reply_score or 0:.2f}",
        *(said("; else ", *listed_pieces(rest)) if rest else ()),
    )


def _lost(book: Book, post: Post) -> Pieces:
    if post.addressee:
        return said(
            *who(book, post), ": answers ", data(post.addressee), ", by whom no fitting comment is here"
        )
    return said(*who(book, post), ": answers a comment that is not here")


def _candidates(book: Book, posts: list[str]) -> dict[str, list[Link]]:
    table = book.tables["links"]
    table = preferred(table[table["post_id"].isin(posts)], ["post_id", "reply_to"])
    found: dict[str, list[Link]] = {}
    for link in sorted(rows_of(Link, table), key=lambda link: -link.score):
        if link.score >= _LEAST_CANDIDATE:
            found.setdefault(link.post_id, []).append(link)
    return found
