"""One answer for each post and layer out of what several makers say, for programs that take one truth.

People come before machines. What people say is counted; where they do not come to one answer, there is none.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.names import label_name
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation

Kind = tuple[str, str | None]  # a label, and the target that is part of its meaning

# layers to learn from; what is quoted is told by marks and names no class
LAYERS = ("reply", "rhetoric", "stance", "claim")
NONE = "none"  # stands for "looked at, and nothing found" where a program needs a word for it


def chosen_layers(choice: Choice) -> tuple[str, ...]:
    """Return the layers of LAYERS that are wanted."""
    return tuple(layer for layer in LAYERS if not choice.layers or layer in choice.layers)


def hears_machine(choice: Choice) -> bool:
    """Say whether labels of any machine are wanted; a machine has looked at every post."""
    return not choice.makers or any(
        maker != "people" and not maker.startswith(HUMAN) for maker in choice.makers
    )


def settled(one: LabelledPost, layer: str, choice: Choice) -> frozenset[Kind] | None:
    """Return which labels of a layer hold for a post.

    Parameters
    ----------
    choice
        Whose labels are wanted; as the corpus has it.

    Returns
    -------
    frozenset or None
        Of `reply` one label: the one that most people gave, else the machine's strongest; None without one,
        and where people are split evenly. Of other layers all that hold, which may be none: a label
        that people looked for holds where more than half of them gave it, any other where a machine gave it
        and nobody rejected it; None where nobody looked. The target belongs to the label in `stance` alone.
    """
    rows = [row for row in one.unrejected() if row.layer == layer]
    if layer == "reply":
        row = settled_reply(rows)
        return None if row is None else frozenset({(row.label, None)})
    readers: dict[str | None, set[str]] = defaultdict(set)  # by the label that they looked for; None: all
    for entry in one.coded:
        if entry["layer"] == layer:
            readers[entry["label"]].add(entry["annotator"])
    givers: dict[Kind, set[str]] = defaultdict(set)
    for row in rows:
        givers[(row.label, row.target if layer == "stance" else None)].add(row.annotator)
    found = {kind for kind, makers in givers.items() if _holds(makers, readers[None] | readers[kind[0]])}
    is_known = bool(found or readers[None]) or hears_machine(choice)
    return frozenset(found) if is_known else None


def _holds(makers: set[str], readers: set[str]) -> bool:
    people = {maker for maker in makers if maker.startswith(HUMAN)}
    voters = people | readers
    return 2 * len(people) > len(voters) if voters else bool(makers)


def settled_reply(rows: Sequence[Annotation]) -> Annotation | None:
    """Return the label on how a post answers that holds, with its target; see `settled`."""
    replies = [row for row in rows if row.layer == "reply"]
    people = [row for row in replies if row.annotator.startswith(HUMAN)]
    if people:
        given = {(row.annotator, row.label) for row in people}
        (label, most), *others = Counter(label for _, label in sorted(given)).most_common()
        is_split = bool(others) and others[0][1] == most
        return None if is_split else next(row for row in people if row.label == label)
    return max(replies, key=lambda row: (row.score, row.annotator, row.label), default=None)


def class_name(layer: str, kind: Kind) -> str:
    """Return the name of a class: `rhetoric/hedge`, `stance/against → Harbour plan`."""
    return label_name(layer, *kind)
