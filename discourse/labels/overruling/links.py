"""Reply links as people set them."""

from collections.abc import Iterator, Mapping

import pandas as pd

from discourse.chains import cut_cycles
from discourse.labels.decisions import HUMAN
from discourse.labels.overruling.decided import CIRCLE, LeftOut, OnPost, Word
from discourse.labels.overruling.pages import Moves
from discourse.labels.overruling.told import Change
from discourse.tables import LINKS, Tables, frame_of

Parents = Mapping[str, str | None]
_NOBODY = "answers nobody"


def relinked(
    tables: Tables, decided: Mapping[str, OnPost], moves: Moves
) -> tuple[Tables, list[Change], list[LeftOut], list[tuple[str, str]]]:
    """Return the tables with people's links, what is told of these, and what is left out.

    The last are links of people that would close a circle, and, as post and words, links of the machine that
    would close one with people's. Whom a post answers that is now part of another is no question any more,
    and no post answers itself.
    """
    links = {post_id: (word, parent) for post_id, word, parent in _links(decided, moves)}
    words = {post_id: word for post_id, (word, _) in links.items()}
    new = {post_id: parent for post_id, (_, parent) in links.items()}
    if not words:
        return tables, [], [], []
    posts = tables["posts"]
    named = zip(posts["post_id"], posts["reply_to"].astype(object), strict=True)
    old = {post_id: None if pd.isna(parent) else str(parent) for post_id, parent in named}
    parents = {post_id: new.get(post_id, parent) for post_id, parent in old.items()}
    cut = cut_cycles(parents)
    changes = [
        Change("relink", post_id, words[post_id].annotator, parent or _NOBODY)
        for post_id, parent in new.items()
        if old.get(post_id) != parent and post_id not in cut
    ]
    left_out = [LeftOut(words[post_id], CIRCLE) for post_id in sorted(cut & set(words))]
    lost = [(post_id, _lost(post_id, parents, words)) for post_id in sorted(cut - set(words))]
    return _with_links(tables, {**new, **dict.fromkeys(cut)}, _rows(new, words)), changes, left_out, lost


def _links(decided: Mapping[str, OnPost], moves: Moves) -> Iterator[tuple[str, Word, str | None]]:
    """Yield posts, whose link people set, with the decision and the post answered.

    Where posts were joined, the word on the first one goes last: it stands.
    """
    for post_id, on_post in sorted(decided.items(), key=lambda item: not moves.is_joined(item[0])):
        if on_post.link is None or moves.has_lost(post_id, "reply"):
            continue
        home = moves.post(post_id)
        named = on_post.link.value.get("reply_to")
        parent = None if named is None else moves.post(str(named))
        if parent != home:
            yield home, on_post.link, parent


def _lost(post_id: str, parents: Parents, words: Mapping[str, Word]) -> str:
    """Say with whose link that of a post would close a circle."""
    walked: dict[str, None] = {}
    here = parents[post_id]
    while here is not None and here not in walked:
        walked[here] = None
        here = parents.get(here)
    other = next((one for one in walked if one in words), None)
    circle = "" if other is None else f" with {words[other].annotator.removeprefix(HUMAN)}'s link of {other}"
    return f"the link to {parents[post_id]} left out: it would close a circle{circle}"


def _rows(new: Parents, words: Mapping[str, Word]) -> list[dict[str, object]]:
    return [
        {
            "post_id": post_id,
            "reply_to": parent,
            "annotator": words[post_id].annotator,
            "evidence": "explicit",
            "score": 1.0,
        }
        for post_id, parent in new.items()
        if parent is not None
    ]


def _with_links(tables: Tables, new: Parents, links: list[dict[str, object]]) -> Tables:
    posts = tables["posts"].copy()
    for place, post_id in zip(posts.index, posts["post_id"], strict=True):
        if post_id in new:
            parent = new[post_id]
            posts.loc[place, "reply_to"] = pd.NA if parent is None else parent
            posts.loc[place, "reply_evidence"] = "none" if parent is None else "explicit"
            posts.loc[place, "reply_score"] = 1.0
    known = [frame for frame in (tables["links"], frame_of(LINKS, links)) if len(frame)]
    return tables.replace(
        posts=posts, links=pd.concat(known, ignore_index=True) if known else tables["links"]
    )
