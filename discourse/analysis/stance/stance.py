"""Stance: who is for and who against each target, post by post and author by author."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from discourse.analysis.base import PostView, ThreadView, annotation, annotations_table, maker, read_threads
from discourse.analysis.stance.judgements import judge_post
from discourse.analysis.stance.kinds import with_kind
from discourse.analysis.stance.known_readings import known_tones
from discourse.analysis.stance.mentions import MentionFinder
from discourse.model import Annotation, Target
from discourse.tables import STANCES, Tables, frame_of, rows_of

LANGUAGES = ("en",)  # of the rules
LOOK_BACK = 4  # posts up the chain in which a pronoun's name is looked for
OUTWEIGHS = 0.75  # the share of an author's decided posts from which one side is his or her stance
_CLAIM_SIDES = {"asserts": "favor", "denies": "against"}


class Stance:
    """Says who is for and who against the targets of a thread and its claims; where the text does not
    decide there is no row."""

    name = "stance"
    version = 3
    requires = frozenset({"posts", "targets", "annotations:quote", "annotations:claim"})
    assigns = frozenset({"annotations:stance", "stances"})

    def analyze(self, tables: Tables) -> Tables:
        """Return a row per deciding clause, and a row per author and target spoken of."""
        by_thread: dict[str, list[Target]] = defaultdict(list)
        for target in rows_of(Target, tables["targets"]):
            by_thread[target.thread_id].append(target)
        rows: list[Annotation] = []
        stances: list[Mapping[str, object]] = []
        for view in read_threads(tables):
            finder = MentionFinder(map(with_kind, by_thread[view.thread_id]))
            found = list(_stances_in(view, finder, maker(self)))
            rows += found
            stances += _author_rows(view, finder, found, maker(self))
        return annotations_table(rows).replace(stances=frame_of(STANCES, stances))


def author_stances(tables: Tables) -> pd.DataFrame:
    """Add posts up to authors' stances anew, from the rows of stance and claims that tables hold.

    For tables whose labels people have corrected; the analyser itself adds up what it finds.
    """
    targets: dict[str, list[Target]] = defaultdict(list)
    for target in rows_of(Target, tables["targets"]):
        targets[target.thread_id].append(target)
    rows: list[Mapping[str, object]] = []
    for view in read_threads(tables):
        found = [row for row in view.annotations if row.layer == "stance"]
        finder = MentionFinder(map(with_kind, targets[view.thread_id]))
        rows += _author_rows(view, finder, found, maker(Stance()))
    return frame_of(STANCES, rows)


def _stances_in(view: ThreadView, finder: MentionFinder, by: str) -> Iterator[Annotation]:
    if not finder.targets:
        return
    finder.look_through(post.own for post in view.posts)
    for post, known in zip(view.posts, known_tones(view), strict=True):
        lang = post.post.lang
        tones = known if lang in (None, *LANGUAGES) else None
        for judgement in judge_post(post, finder, _above(view, post), lang=lang, tones=tones):
            yield annotation(
                post,
                judgement.span,
                layer="stance",
                label=judgement.label,
                target=judgement.target,
                by=by,
                score=judgement.score,
                entry=judgement.entry,
            )


def _above(view: ThreadView, post: PostView) -> list[PostView]:
    """Return the posts above a post, the nearest first, at most `LOOK_BACK`."""
    above: list[PostView] = []
    by_id = view.by_id
    parent = by_id.get(post.post.reply_to or "")
    while parent is not None and len(above) < LOOK_BACK:
        above.append(parent)
        parent = by_id.get(parent.post.reply_to or "")
    return above


def _author_rows(
    view: ThreadView, finder: MentionFinder, found: Iterable[Annotation], by: str
) -> Iterator[Mapping[str, object]]:
    """Add up posts per author and target: the thread's targets, then each side's claims."""
    author_of = {post.post.post_id: post.post.author for post in view.posts}
    sides: dict[tuple[str, str], dict[str, dict[str, float]]] = defaultdict(dict)
    for post in view.posts if finder.targets else ():
        if post.post.lang not in (None, *LANGUAGES):
            continue  # nothing was looked for there, which is not the same as no side
        for mention in finder.find(post.own):
            sides[post.post.author, mention.target].setdefault(post.post.post_id, {})
    for row in found:
        _add(sides, author_of[row.post_id], row.target or "", row, row.label)
    for row in view.annotations:
        if row.layer == "claim" and row.target and row.label in _CLAIM_SIDES:
            _add(sides, author_of[row.post_id], row.target, row, _CLAIM_SIDES[row.label])
    order = {name: place for place, name in enumerate([*view.authors])}
    for author, target in sorted(sides, key=lambda key: (order[key[0]], key[1])):
        yield {
            "thread_id": view.thread_id,
            "author": author,
            "target": target,
            "annotator": by,
            **add_up(sides[author, target].values()),
        }


def _add(
    sides: dict[tuple[str, str], dict[str, dict[str, float]]],
    author: str,
    target: str,
    row: Annotation,
    label: str,
) -> None:
    scores = sides[author, target].setdefault(row.post_id, {})
    scores[label] = scores.get(label, 0.0) + row.score


def add_up(posts: Iterable[Mapping[str, float]]) -> dict[str, object]:
    """Add an author's posts on one target up to a stance.

    Parameters
    ----------
    posts
        For each post that mentions the target, the summed scores of `favor` and `against`;
        a post without either decides nothing. A post is for the side with the higher sum,
        and for both at a tie.

    Returns
    -------
    dict
        label, favor_posts, against_posts and score: the share of the decided posts on the
        side of the label (of the larger side where it is mixed), tempered by how sure the
        posts are; 0 where the label is none.
    """
    favor = against = 0
    sure = 0.0
    for scores in posts:
        one, other = round(scores.get("favor", 0.0), 4), round(scores.get("against", 0.0), 4)
        favor += one > 0 and one >= other
        against += other > 0 and other >= one
        sure = max(sure, min(1.0, max(one, other)))
    total = favor + against
    if not total:
        return {"label": "none", "favor_posts": 0, "against_posts": 0, "score": 0.0}
    share = max(favor, against) / total
    label = "mixed" if share < OUTWEIGHS else "favor" if favor > against else "against"
    return {
        "label": label,
        "favor_posts": favor,
        "against_posts": against,
        "score": round(share * sure, 4),
    }
