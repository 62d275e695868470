"""Who answers whom: one row a candidate, and the best of them filled into the posts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from discourse.analysis.base import PostView, ThreadView, maker, read_threads
from discourse.analysis.replies.candidates import Course, quoted_posts
from discourse.analysis.replies.guessing import Found, guess_rest, states_links
from discourse.analysis.replies.rounds import share_round
from discourse.analysis.replies.times import Clock
from discourse.chains import cut_cycles
from discourse.learn.reply_targets import Candidate, scores
from discourse.model import Evidence, Link, Post
from discourse.tables import FAULTS, LINKS, POSTS, Tables, format_time, frame_of, rows_of, values_of

_LEAST_SHARE = 0.02  # candidates below it are not worth a row
# A guess below it is not filled in as the best link. Chosen on held-out discussions: there precision and
# recall of the links filled in balance best (0.71 and 0.67); from 0.5 on it would be 0.79 and 0.58.
_LEAST_GUESS = 0.3
# ... and only where it is so many times as likely as that the post answers nobody here. Chosen on made-up
# discussions in ten languages; on held-out ones it leaves 76 of 100 posts that start anew alone, not 48, and
# links 64 of 100 answers rightly, not 69; of the links filled in 73 in 100 are right, not 68.
_LEAST_LEAD = 2.0
_RELIABLE = 0.5
_POINTED = 0.9  # ">>12": right where the page numbers its posts from one
_NOT_READ = 0.1  # what is left to posts that do not hold the words quoted
_UNSTATED = 0.75  # of a quotation's weight, where the page states links and this post has none
_READ = 0.8  # what they and those that hold them get together at least

_LINK = ("reply_to", "reply_evidence", "reply_score")
_Filled = tuple[str | None, str, float | None]  # these columns of a post


class Replies:
    """Links each post to the earlier posts that it may answer.

    Evidence is `explicit` where the page names the person answered, `quote` where only a
    quotation tells, `mention` where the text calls somebody by name, else `inferred`. Posts
    that come with a link get none, and no post of a source that states links is guessed at;
    a quotation by one that has none there is a hint, and its link `inferred`.
    """

    name = "replies"
    version = 3
    requires = frozenset({"sources", "annotations:quote"})
    assigns = frozenset({"links", "posts"})  # of the posts, what `fill_in` takes from the links

    def analyze(self, tables: Tables) -> Tables:
        """Return one link a candidate; a post without any candidate has none."""
        rows = [link for thread in read_threads(tables) for link in self._links(thread)]
        return Tables({"links": frame_of(LINKS, rows)})

    def _links(self, thread: ThreadView) -> list[dict[str, object]]:
        found, known = _stated(thread)
        found |= guess_rest(thread, known)
        return [  # plain rows: there are several a post
            {
                "post_id": thread.posts[place].post.post_id,
                "reply_to": thread.posts[other].post.post_id,
                "annotator": maker(self),
                "evidence": evidence,
                "score": round(score, 4),
            }
            for place, candidates in sorted(found.items())
            for other, evidence, score in candidates
            if score >= _LEAST_SHARE
        ]


def _stated(thread: ThreadView) -> tuple[dict[int, Found], dict[int, int | None]]:
    """Link the posts that say whom they answer, in page order.

    Returns
    -------
    tuple
        Candidates of each such post, the best first; and for each post of which it is known, the
        place of the post answered, None where it answers none of this page. Links that the posts
        carry already are known and get no candidates; the others of such a source are roots.
    """
    course, clock = Course(thread), Clock(thread)
    linking = states_links(thread)
    found: dict[int, Found] = {}
    known: dict[int, int | None] = {}
    for place, view in enumerate(thread.posts):
        if view.post.reply_to is not None:
            known[place] = course.places.get(view.post.reply_to)
        else:
            candidates = _told(course, clock, place, view)
            if candidates and view.post.source_id in linking:
                candidates = _doubted(candidates)
            if candidates:
                found[place] = candidates
            if candidates is not None or view.post.source_id in linking:
                known[place] = candidates[0][0] if candidates else None
        best = found[place][0] if place in found else None
        reliable = best is None or best[2] >= _RELIABLE
        course.settle(place, known.get(place) if reliable else None)
        if best is not None and best[1] == "explicit" and reliable:
            clock.learn(view.post.addressee_time, best[0])
    return found, known


def _doubted(candidates: Found) -> Found:
    """Take a quotation for a hint alone: the page shows its links, and shows this post as a root."""
    return [
        (place, "inferred", round(_UNSTATED * score, 4)) if evidence == "quote" else (place, evidence, score)
        for place, evidence, score in candidates
    ]


def _told(course: Course, clock: Clock, place: int, view: PostView) -> Found | None:
    """Return the candidates of a post that names or quotes whom it answers; None where it does neither.

    Empty where whoever is answered has no post on the page.
    """
    named = course.author_named(view.post.addressee) or course.author_called_first(view)
    if named is None:
        pointed = course.post_pointed_at(place, view)
        if pointed is not None:
            return [(pointed, "mention", _POINTED)]
        gone = view.post.addressee is not None or _quotes_what_is_gone(view)
        return [] if gone else (_quoted(course, view) or None)
    candidates = clock.possible(view.post.addressee_time, course.candidates(place, named))
    shares = _named_shares(course, place, candidates)
    later = [_named_shares(course, other, candidates) for other in course.same_round(place, named)]
    shares = share_round([shares, *later]) if later else shares
    shares = clock.weigh(view.post.addressee_time, candidates, shares)
    evidence: Evidence = "mention" if view.post.addressee is None else "explicit"
    ranked = [(c.place, evidence, share) for c, share in zip(candidates, shares, strict=True)]
    return sorted(ranked, key=lambda row: (-row[2], -row[0]))


def _quotes_what_is_gone(view: PostView) -> bool:
    """Say whether a post quotes somebody by name, and the words stand nowhere on the page."""
    outside = all(quote.target == "external" for quote in view.quotes)
    return outside and any(quote.label == "attribution" for quote in view.quotes)


def _named_shares(course: Course, place: int, candidates: Sequence[Candidate]) -> list[float]:
    """Share out an answer among posts of the person it names.

    Words quoted stand in the post that was read: in the one that said them first, or, where that
    was somebody else's, in one that passed them on. The others hardly come into question.
    """
    here = course.seen_from(place, candidates)
    shares = scores(course.words(place), here, course.rarity)
    read = [c.relayed > 0 or (c.quoted > 0 and not c.too_early) for c in here]
    if any(read):
        shares = [share if known else _NOT_READ * share for share, known in zip(shares, read, strict=True)]
        whole = sum(shares)
        shares = [share * max(whole, _READ) / whole for share in shares]
    return shares


def _quoted(course: Course, view: PostView) -> Found:
    """Let quotations decide where nobody is named: the first post quoted is answered.

    Where a later one among the posts quoted passes the earlier words on, it is the one:
    it was read, and what it quotes came with it. An author's own words name no target.
    """
    quoted = [p for p in quoted_posts(view, course.places) if course.author(p) != view.post.author]
    if not quoted:
        return []
    best = quoted[0]
    for other in sorted(quoted[1:]):
        passed_on = best in quoted_posts(course.thread.posts[other], course.places)
        if other > best and (passed_on or course.target.get(other) == best):
            best = other
    rows: Found = [(place, "quote", 0.9 if place == best else 0.4) for place in quoted]
    return sorted(rows, key=lambda row: (-row[2], -row[0]))


def fill_in(tables: Tables) -> Tables:
    """Return the posts with their best link, and with the times that answers tell of them.

    Links that the posts already carry (read off nested markup or an export) are facts and
    stay. A link that would close a cycle is cut at its latest post and stands in `faults`.
    """
    table, best = tables["posts"], _best_links(tables["links"])
    ids = values_of(table["post_id"])
    known = list(zip(*(values_of(table[name]) for name in _LINK), strict=True))
    own = {post_id: link[0] for post_id, link in zip(ids, known, strict=True)}
    cut = cut_cycles(
        {post: up or (best[post].reply_to if post in best else None) for post, up in own.items()}
    )
    filled = [_filled(link, best.get(post), post in cut) for post, link in zip(ids, known, strict=True)]
    if filled != known or table["addressee_time"].notna().any():  # most exports state their links
        columns = dict(zip(_LINK, map(list, zip(*filled, strict=True)), strict=True))
        changed = table.assign(
            **{name: _column(name, values, table.index) for name, values in columns.items()}
        )
        posts = list(rows_of(Post, table))
        changed["timestamp"] = _times(posts, changed["reply_to"], changed["reply_score"])
        # who has read posts that stay as they were need not read them again
        table = table if changed.equals(table) else changed
    faults = [
        {
            "stage": "replies",
            "item_id": post_id,
            "problem": "its link closes a circle of replies; the link was cut",
        }
        for post_id in sorted(cut)
    ]
    return tables.replace(posts=table, faults=_with(tables["faults"], faults))


def _column(name: str, values: list[Any], index: pd.Index) -> pd.Series:
    dtype = next(c.dtype for c in POSTS.columns if c.name == name)
    return pd.Series(values, index=index, dtype=dtype)


def _best_links(links: pd.DataFrame) -> Mapping[str, Link]:
    best: dict[str, Link] = {}
    whole: dict[str, float] = {}
    for link in rows_of(Link, links):
        held = best.get(link.post_id)
        whole[link.post_id] = whole.get(link.post_id, 0.0) + link.score
        if held is None or link.score > held.score:
            best[link.post_id] = link
    return {post: link for post, link in best.items() if _is_filled_in(link, 1 - whole[post])}


def _is_filled_in(link: Link, nobody: float) -> bool:
    if link.evidence != "inferred":
        return link.evidence == "explicit" or link.score >= _LEAST_GUESS
    return link.score >= max(_LEAST_GUESS, round(_LEAST_LEAD * nobody, 4))


def _filled(own: _Filled, link: Link | None, cut: bool) -> _Filled:
    reply_to, _, score = own
    if cut:
        return None, "none", None
    if reply_to is not None:
        return own
    return (None, "none", score) if link is None else (link.reply_to, link.evidence, link.score)


def _times(posts: list[Post], targets: pd.Series, sure: pd.Series) -> pd.Series:
    """Date posts by the times that their answers name; a time of their own stays."""
    known: dict[str, datetime | None] = {post.post_id: post.timestamp for post in posts}
    for post, target, score in zip(posts, targets, sure, strict=True):
        told = post.addressee_time is not None and not pd.isna(target) and score >= _RELIABLE
        if told and known.get(target) is None:
            known[target] = post.addressee_time
    values = [format_time(known[post.post_id]) for post in posts]
    return pd.Series(values, index=targets.index, dtype="str")


def _with(faults: pd.DataFrame, more: list[dict[str, str]]) -> pd.DataFrame:
    return pd.concat([faults, frame_of(FAULTS, more)], ignore_index=True) if more else faults
