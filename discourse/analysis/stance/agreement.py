"""Agreement: does a post agree with the post that it answers, judged on its own words as a whole.

The replies of a thread are judged together: what two people say to each other elsewhere, and whom a post
quotes, tell much of what its words leave open.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from discourse.analysis.base import PostView, ThreadView, annotation, annotations_table, maker, read_threads
from discourse.analysis.stance.read_replies import Guess, ReadThread, Reply, guesses
from discourse.analysis.stance.text_shares import keep_answer
from discourse.learn.reply_labels import LABELS, OPENING, Cue, Reading
from discourse.learn.second_opinion import MAKER, SecondOpinion
from discourse.model import Annotation, Claim, Span
from discourse.tables import Tables, rows_of

Rivals = Mapping[str, Sequence[str]]  # for each claim those that cannot hold beside it
CONTINUES = 0.7  # how surely a post that answers its own author goes on with the same position
LONGEST_ASIDE = 12  # words of a question that takes no position
ASIDE = 0.6
SIDES = {
    True: 0.85,
    False: 0.7,
}  # both posts take a side in one dispute; only the answer and the other's author do
RULES = {
    "continues": "rule: continues an own post",
    "aside": "rule: asks without a position",
    "same side": "rule: asserts the same side of a disputed claim",
    "opposed": "rule: asserts the other side of a disputed claim",
}
WHOLE = "model: reply_labels"
BOTH = "models: reply_labels and neural"
# Share that the model's label needs; below it the three are too even, and the post gets no row but where it
# opens with words of disagreement.
LEAST_SHARE = 0.40


class Agreement:
    """Says agree, disagree or neither for every post that answers one on the page."""

    name = "agreement"
    version = 4
    requires = frozenset({"posts", "claims", "annotations:claim", "annotations:quote"})
    assigns = frozenset({"annotations:reply"})

    def __init__(self, second: SecondOpinion | None = None) -> None:
        """Take who is asked beside the linear model, if anybody; rows that rest on it name it in `also`."""
        self._second = second

    def analyze(self, tables: Tables) -> Tables:
        """Return a row per reply with own words; its span is what decides, or else all own words.

        Where the neural reader had a part it is the sentence without which it would say so least.

        A reply about which the model is undecided gets no row.
        """
        rivals = {
            claim.claim_id: claim.conflicts_with.split()
            for claim in rows_of(Claim, tables["claims"])
            if claim.conflicts_with
        }
        return annotations_table(_rows(list(read_threads(tables)), rivals, maker(self), self._second))


def _rows(
    views: Sequence[ThreadView], rivals: Rivals, by: str, second: SecondOpinion | None
) -> Iterator[Annotation]:
    told = list(_judged([ReadThread(view) for view in views], rivals, second))
    for (reply, judged), span in zip(told, _spans(told, second), strict=True):
        yield annotation(
            reply.post,
            span,
            layer="reply",
            label=judged.label,
            target=reply.parent.post.post_id,
            by=by,
            score=judged.score,
            entry=judged.entry,
            also=MAKER if judged.is_read else None,
        )


def _judged(
    threads: Sequence[ReadThread], rivals: Rivals, second: SecondOpinion | None
) -> Iterator[tuple[Reply, "Judged"]]:
    """Yield the replies of which something is said."""
    for thread, of_thread in zip(threads, guesses(threads, second), strict=True):
        stands = Stands(thread.view, rivals)
        for reply, guess in zip(thread.replies, of_thread, strict=True):
            judged = judge(reply, guess, stands)
            if guess.without is not None:
                fast = judge(reply, Guess(guess.without, guess.telling), stands)
                keep_answer(thread.view, reply.post.post.post_id, fast and (fast.label, fast.score))
            if judged is not None:
                yield reply, judged


def _spans(told: Sequence[tuple[Reply, "Judged"]], second: SecondOpinion | None) -> list[Span]:
    """Return where each label lies: where no cue decides but the models, the sentence that counts most."""
    spans = [judged.span for _, judged in told]
    if second is None:
        return spans
    read = [
        place
        for place, (reply, judged) in enumerate(told)
        if judged.entry.startswith(BOTH) and len(reply.post.sentences) > 1
    ]
    replies = [told[place][0] for place in read]
    found = second.deciding(
        "reply",
        [told[place][1].label for place in read],
        [(reply.own.text, reply.answered.text) for reply in replies],
        [reply.post.sentences for reply in replies],
    )
    for place, span in zip(read, found, strict=True):
        spans[place] = span
    return spans


class Judged(NamedTuple):
    """What a reply says to the post that it answers."""

    label: str
    score: float
    span: Span  # what decides, or else all own words
    entry: str  # the entry, rule or model behind it
    is_read: bool = False  # whether the neural reader had a part in it


class Stands:
    """Which side of which dispute each post of a thread is on, by its claims."""

    def __init__(self, view: ThreadView, rivals: Rivals) -> None:
        self._by_post: dict[str, dict[str, tuple[bool, Span]]] = {}
        self._by_author: dict[str, dict[str, set[bool]]] = {}
        author_of = {post.post.post_id: post.post.author for post in view.posts}
        for row in view.annotations:
            if row.layer != "claim" or row.target is None:
                continue
            # to deny one claim of a dispute is to be on the other side
            dispute = min([row.target, *rivals.get(row.target, ())])
            side = (row.target == dispute) == (row.label == "asserts")
            span = Span(start=row.start, end=row.end)
            self._by_post.setdefault(row.post_id, {}).setdefault(dispute, (side, span))
            author = self._by_author.setdefault(author_of[row.post_id], {})
            author.setdefault(dispute, set()).add(side)

    def compare(self, post: PostView, parent: PostView) -> tuple[bool, Span, bool] | None:
        """Say whether two posts are on one side, where the answer shows it, and if the parent does itself.

        Where the post answered takes no side, its author's only side in the thread counts. None
        where the two share no dispute.
        """
        theirs = self._by_post.get(parent.post.post_id, {})
        known = self._by_author.get(parent.post.author, {})
        for dispute, (side, span) in self._by_post.get(post.post.post_id, {}).items():
            if dispute in theirs:
                return side == theirs[dispute][0], span, True
        for dispute, (side, span) in self._by_post.get(post.post.post_id, {}).items():
            if len(known.get(dispute, ())) == 1:
                return known[dispute] == {side}, span, False
        return None


def judge(reply: Reply, guess: Guess, stands: Stands) -> Judged | None:
    """Judge one reply with own words.

    None where no rule holds and the model prefers no label by enough.
    """
    post, own = reply.post, reply.own
    whole = Span(start=post.starts[0], end=len(post.own.rstrip()))
    opening = reply.opening
    denied = any(cue.label == "disagree" for cue in opening)
    if post.post.author == reply.parent.post.author:
        return Judged("disagree" if denied else "agree", CONTINUES, whole, RULES["continues"])
    # of two who assert one claim, one may still tell the other off
    quarrels = denied or max(guess.shares) == guess.shares[LABELS.index("disagree")]
    if (sides := stands.compare(post, reply.parent)) is not None and not (sides[0] and quarrels):
        alike, span, direct = sides
        rule = "same side" if alike else "opposed"
        return Judged("agree" if alike else "disagree", SIDES[direct], span, RULES[rule])
    given_way = _gives_way(own, opening)
    if (said := given_way or _denies(opening)) is not None:
        label = "agree" if given_way else "disagree"
        return Judged(label, said.entry.weight, Span(start=said.start, end=said.end), said.entry.pattern)
    if _is_aside(post, own, opening):
        return Judged("neither", ASIDE, whole, RULES["aside"])
    return _by_model(guess, opening, whole)


def _by_model(guess: Guess, opening: Sequence[Cue], whole: Span) -> Judged | None:
    """Return what the model says with the opening cue that says the same.

    Where the model is undecided, an opening of disagreement decides; None where there is none.
    """
    # "And ..." goes on from the post answered, which is a feature but decides nothing
    deciding = [cue for cue in opening if cue.place != "joins"]
    shares, is_read = guess.shares, guess.without is not None
    place = shares.index(max(shares))
    if shares[place] < LEAST_SHARE:
        if not deciding or deciding[0].label != "disagree":
            return None
        place = LABELS.index("disagree")
    label, share = LABELS[place], shares[place]
    decisive = next((cue for cue in deciding if cue.label == label), None)
    if decisive is None:
        telling = ", ".join(guess.telling)
        by = BOTH if is_read else WHOLE
        return Judged(label, share, whole, f"{by} ({telling})" if telling else by, is_read)
    span = Span(start=decisive.start, end=decisive.end)
    return Judged(label, share, span, decisive.entry.pattern, is_read)


def _is_aside(post: PostView, own: Reading, opening: Sequence[Cue]) -> bool:
    """Say whether a post only asks for information: short, and no word takes a side."""
    labels = {cue.label for cue in (*own.cues, *opening) if not cue.is_tone}
    if len(own.words) > LONGEST_ASIDE or labels & {"agree", "disagree", "concede"}:
        return False
    return all(post.own[s.start : s.end].rstrip("\"'”’ ").endswith("?") for s in post.sentences)


def _denies(opening: Sequence[Cue]) -> Cue | None:
    """Return the words that deny agreement ("I can't agree with that"); None where others agree before."""
    sides = [cue for cue in opening if cue.label in ("agree", "disagree", "yields")]
    if not sides or sides[0].label != "disagree":
        return None
    return next((cue for cue in sides if cue.place == "denied"), None)


def _gives_way(own: Reading, opening: Sequence[Cue]) -> Cue | None:
    """Return the words that give way ("I stand corrected"); None where a "but" or "no" goes with them."""
    if any(cue.label in ("disagree", "concede") for cue in opening):
        return None
    cues = [cue for cue in own.cues if not cue.is_tone]
    first = next((cue for cue in cues if cue.label == "yields"), None)
    if first is None or first.start - len(own.text) + len(own.text.lstrip()) > OPENING:
        return None  # further behind, such words are mostly irony or said to somebody else
    if any(cue.label == "concede" and cue.start > first.start for cue in cues):
        return None
    return first
