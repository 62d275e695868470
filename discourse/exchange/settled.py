"""One answer for each post and layer out of what several makers say, for programs that take one truth.

People come before machines. What people say is counted; where they do not come to one answer, there is none.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.names import label_name
from discourse.labels.decisions import HUMAN
from discourse.lexicon.pages import load_pages
from discourse.model import Annotation, Post

Kind = tuple[str, str | None]  # a label, and the target that is part of its meaning

# layers to learn from; what is quoted is told by marks and names no class
LAYERS = ("reply", "rhetoric", "stance", "claim")
_UNDECIDED = frozenset({"stance"})  # in which a machine gives no row where the text does not decide
NONE = "none"  # stands for "looked at, and nothing found" where a program needs a word for it


def chosen_layers(choice: Choice) -> tuple[str, ...]:
    """Return the layers of LAYERS that are wanted."""
    return tuple(layer for layer in LAYERS if not choice.layers or layer in choice.layers)


def hears_machine(choice: Choice) -> bool:
    """Say whether labels of any machine are wanted."""
    return not choice.makers or any(
        maker != "people" and not maker.startswith(HUMAN) for maker in choice.makers
    )


def machine_looked(post: Post, layer: str, choice: Choice, label: str | None = None) -> bool:
    """Say whether a machine that is wanted has looked for the labels of a layer in a post.

    No maker reads a post that is clearly in a language it does not know; where the language could not be
    told, each of them does. Without a look, no row says nothing.

    Parameters
    ----------
    label
        The one label of `rhetoric` that is asked for; None: any of the layer. One that no maker of ours gives
        was looked for in no language.
    """
    if not hears_machine(choice):
        return False
    languages = None if post.lang is None else languages_read(layer, label)
    return languages is None or post.lang in languages


@cache
def languages_read(layer: str, label: str | None = None) -> frozenset[str] | None:
    """Return the languages (ISO 639-1) in which makers look for a layer, or a marker; None: in any."""
    if layer == "quote":  # marks of quotation, and words that stand in another post: no language
        return None
    if layer == "rhetoric" and label is not None and label not in load_pages():
        return frozenset()
    return frozenset(_languages_of_makers().get(layer, ()))


@cache
def _languages_of_makers() -> dict[str, tuple[str, ...]]:
    # imported here: not every export needs it; a test holds markers, label by label, to what their makers say
    from discourse.analysis.rhetoric.markers import LANGUAGE  # noqa: PLC0415
    from discourse.analysis.stance import stance  # noqa: PLC0415
    from discourse.learn import claims, reply_pairs, rhetoric  # noqa: PLC0415

    return {
        "reply": reply_pairs.LANGUAGES,
        "rhetoric": (LANGUAGE, *rhetoric.LANGUAGES),
        "stance": stance.LANGUAGES,
        "claim": claims.LANGUAGES,
    }


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
        and nobody rejected it; None where nobody looked (see `machine_looked`), and of `stance` where only
        a machine did and gave no row: then the text decides nothing, which is another thing than no side.
        The target belongs to the label in `stance` alone.
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
    is_told = bool(found or readers[None]) or (
        layer not in _UNDECIDED and machine_looked(one.post, layer, choice)
    )
    return frozenset(found) if is_told else None


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


class Givers:
    """Which labels machines give, and which people alone do, gathered while posts go by."""

    def __init__(self) -> None:
        self._labels: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}

    def see(self, one: LabelledPost) -> None:
        """Take note of a post's labels."""
        for row in one.annotations:
            self._labels[row.annotator.startswith(HUMAN)].add((row.layer, row.label))

    def told(self, choice: Choice) -> str:
        """Return a sentence on labels that no machine gives, beside posts that a machine alone has read.

        Empty where there are none. A program that learns from lines without them takes all for examples
        against.
        """
        alone = sorted(self._labels[True] - self._labels[False])
        names = [f"`{label_name(*pair)}`" for pair in alone if pair[0] in chosen_layers(choice)]
        if not names or not hears_machine(choice):
            return ""
        return (
            f"\n\nPeople alone gave {', '.join(names)}: a post that only a machine has read is no example "
            "against it. To learn it, export with `--by people`."
        )


def class_name(layer: str, kind: Kind) -> str:
    """Return the name of a class: `rhetoric/hedge`, `stance/against → Harbour plan`."""
    return label_name(layer, *kind)
