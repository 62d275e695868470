"""What people looked for in posts that stand in an analysis as they were when people read them."""

from collections.abc import Collection, Iterable

import pandas as pd

from discourse.labels.decisions import HUMAN, text_hash
from discourse.labels.journal import Noted
from discourse.labels.people import rows_of_post
from discourse.tables import CODED, Tables, frame_of
from discourse.tables.contract import LAYERS, PAGE_LAYERS


def coded(
    tables: Tables, noted: Iterable[Noted], gone: Collection[tuple[str, str, str | None]] = ()
) -> pd.DataFrame:
    """Return rows of `coded`; a post that was joined or split since has none, as its text is another.

    Claims are found anew in each analysis: of a post on which one of the machine's stands that nobody has
    confirmed or rejected, nobody is said to have looked for claims.

    Parameters
    ----------
    gone
        Post, layer and label of what was read of another pair of posts, as people moved the link since.
    """
    by_post: dict[str, list[Noted]] = {}
    for one in noted:
        by_post.setdefault(one.decision.post_id, []).append(one)
    labels = tables["annotations"]
    machine = labels[(labels["layer"] == "claim") & ~labels["annotator"].str.startswith(HUMAN)]
    unseen = set(machine["post_id"])
    posts = tables["posts"]
    posts = posts[posts["post_id"].isin(list(by_post))]
    rows = [
        row
        for post_id, text in zip(posts["post_id"], posts["text"], strict=True)
        for row in rows_of_post(by_post[post_id], text, text_hash(text)).coded
        if row["layer"] in (*LAYERS, *PAGE_LAYERS) and (row["layer"] != "claim" or post_id not in unseen)
        if (post_id, row["layer"], row["label"]) not in gone
    ]
    return frame_of(CODED, rows)
