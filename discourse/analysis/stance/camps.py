"""Camps: who of a thread disputes with whom, as two groups of authors without names."""

from collections.abc import Iterable, Iterator, Mapping

from discourse.analysis.base import PostView, ThreadView, read_threads
from discourse.analysis.stance.known_readings import known_readings
from discourse.analysis.stance.text_shares import judging, known_answer, known_shares
from discourse.learn.sides import LANGUAGES, MODEL, Member, shipped
from discourse.learn.sides_links import Turn
from discourse.model import Annotation, CampMember
from discourse.tables import CAMPS, Tables, frame_of

# Evidence of links that do not count. What an addressee line names counts even where its score is low:
# which of the addressee's posts is meant may be in doubt, but not who.
GUESSES = ("inferred", "none")


class Camps:
    """Places authors in one of two camps by who answers and quotes whom, and with how much dissent.

    What the `reply` layer says of a post counts beside what the model reads. Links that are guesses are
    left out: whom they alone placed, they placed hardly better than chance.
    No topic is ever guessed, so camps have no names; `discourse.learn.sides` knows ten topics for programs
    that can name theirs.
    """

    name = "camps"
    version = 1
    requires = frozenset({"posts", "links", "annotations:quote", "annotations:reply"})
    assigns = frozenset({"camps"})

    def analyze(self, tables: Tables) -> Tables:
        """Return a row per author placed; none for threads with too few replies to tell camps by."""
        by = f"model:{MODEL}@{self.version}"
        views = [view for view in read_threads(tables) if view.speaks(LANGUAGES[0])]
        shares_of = judging(known_shares(views), known_readings(views))
        found = shipped().members_of([turns_of(view) for view in views], shares_of)
        rows = [row for view, members in zip(views, found, strict=True) for row in _rows(view, members, by)]
        return Tables({"camps": frame_of(CAMPS, rows)})


def _rows(view: ThreadView, members: Iterable[Member], by: str) -> Iterator[CampMember]:
    for member in members:
        yield CampMember(
            thread_id=view.thread_id,
            author=member.author,
            annotator=by,
            camp=member.camp,
            score=member.score,
            posts=member.links,
        )


def turns_of(view: ThreadView) -> list[Turn]:
    """Return the posts of a thread as the model reads them; those in other languages say nothing."""
    said = _said(view)
    return [_turn(view, post, said) for post in view.posts]


def _said(view: ThreadView) -> dict[tuple[str, str | None], Annotation]:
    """Return what is said of each post and the one it answers: by a person, else by the surest maker."""
    rows = [row for row in view.annotations if row.layer == "reply"]
    rows.sort(key=lambda row: (row.annotator.startswith("human:"), row.score))
    return {(row.post_id, row.target): row for row in rows}


def _turn(view: ThreadView, post: PostView, said: Mapping[tuple[str, str | None], Annotation]) -> Turn:
    author = post.post.author
    if (post.post.lang or LANGUAGES[0]) not in LANGUAGES:
        return Turn(author=author, text="")
    targets = dict.fromkeys(row.target or "" for row in post.quotes)
    quoted = {target: view.by_id[target] for target in targets if target in view.by_id}
    parent = view.parent(post)
    if parent is None or post.post.reply_evidence in GUESSES:
        return Turn(author=author, text=post.own.strip(), quoted=_authors(quoted.values()))
    label = said.get((post.post.post_id, parent.post.post_id))
    return Turn(
        author=author,
        text=post.own.strip(),
        answered=parent.post.author,
        answered_text=parent.own.strip(),
        quotes=parent.post.post_id in quoted,
        quoted=_authors(quoted.values()),
        said=None if label is None else known_answer(view, label),
    )


def _authors(posts: Iterable[PostView]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(post.post.author for post in posts))
