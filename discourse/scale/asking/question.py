"""What can be asked of a run, checked before anything is read."""

import re
from collections.abc import Sequence

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.tables.contract import KINDS, LAYERS, STATES
from discourse.tables.rows import sound

COUNTED = ("posts", "labels", "loops", "threads")
TIMES = ("year", "month", "week", "day")
OF_POSTS = (*TIMES, "thread", "lang")
OF_LABELS = ("layer", "label", "target", "maker")
OF_LOOPS = ("kind", "state", "topic")
# what may also be said, and what it stands for: a layer, and a column
ALIASES = {"marker": ("rhetoric", "label"), "claim": ("claim", "target"), "stance": ("stance", "label")}
ORDERS = ("count", "name")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NOBODY = frozenset({"author", "authors", "user", "users"})


class Question(Struct, frozen=True):
    """A question to a run; every field that is empty asks for nothing."""

    counted: str = ""  # one of COUNTED; empty: what the rest of the question is about
    by: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()  # whether written great or small
    makers: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: str = ""  # a year, month or day; posts without a time are left out then
    until: str = ""  # the same, with its end
    order: str = ""  # one of ORDERS; empty: by name where there is a time, else by count
    limit: int | None = None  # rows

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked at all."""
        return self == Question(limit=self.limit)


def checked(question: Question) -> Question:
    """Return a question with all that it leaves open, where it can be answered.

    Raises
    ------
    DiscourseError
        Naming what cannot be asked.
    """
    for names in (question.threads, question.labels, question.targets, question.makers, question.langs):
        for name in names:
            if sound(name) != name:
                raise DiscourseError(where=name, problem="it is no text in UTF-8", fix="Write it in UTF-8")
    by, layers = _dimensions(question)
    counted = question.counted or _counted(question, by)
    _check_word("--count", counted, COUNTED)
    _check_choices(question, layers)
    _check_fit(question, by, counted)
    for option, day in (("--since", question.since), ("--until", question.until)):
        if day and not _DAY.fullmatch(day):
            raise DiscourseError(
                where=option, problem=f"{day!r} is no time", fix="Write it as 2021, 2021-03 or 2021-03-14"
            )
    named = question.since or question.until or set(by) & set(TIMES)
    order = question.order or ("name" if named and set(by) & set(TIMES) else "count")
    _check_word("--order", order, ORDERS)
    if question.limit is not None and question.limit < 1:
        raise DiscourseError(where="--limit", problem="it asks for no row", fix="Give 1 or more")
    fields = {name: getattr(question, name) for name in Question.__struct_fields__}
    return Question(**{**fields, "by": by, "layers": layers, "counted": counted, "order": order})


def _dimensions(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what to count by, each once, and the layers that this asks for besides."""
    layers = list(question.layers)
    by: list[str] = []
    for name in question.by:
        if name in _NOBODY:
            raise DiscourseError(
                where="--by",
                problem="people are not counted one by one",
                fix="Their number is in the column authors",
            )
        _check_word("--by", name, (*OF_POSTS, *OF_LABELS, *OF_LOOPS, *ALIASES))
        layer, column = ALIASES.get(name, ("", name))
        if layer and layers not in ([], [layer]):
            raise DiscourseError(
                where="--by",
                problem=f"{name!r} is of the layer {layer} alone",
                fix=f"Ask for --layer {layer}",
            )
        layers = [layer] if layer else layers
        by.append(column)
    return tuple(dict.fromkeys(by)), tuple(dict.fromkeys(layers))


def _counted(question: Question, by: Sequence[str]) -> str:
    if question.kinds or question.states or set(by) & set(OF_LOOPS):
        return "loops"
    asked = question.layers or question.labels or question.targets or question.makers
    return "labels" if asked or set(by) & set(OF_LABELS) else "posts"


def _check_word(option: str, word: str, words: Sequence[str]) -> None:
    if word not in words:
        raise DiscourseError(
            where=option, problem=f"there is no {word!r} here", fix=f"Take of {', '.join(words)}"
        )


def _check_choices(question: Question, layers: Sequence[str]) -> None:
    given = (
        ("--layer", layers, LAYERS),
        ("--kind", question.kinds, KINDS),
        ("--state", question.states, STATES),
    )
    for option, words, known in given:
        for word in words:
            _check_word(option, word, known)
    for texts in (question.labels, question.targets, question.makers, question.threads, question.langs):
        if any("\0" in text for text in texts):
            raise DiscourseError(where="the question", problem="a name holds a zero sign", fix="Leave it out")


def _check_fit(question: Question, by: Sequence[str], counted: str) -> None:
    """Refuse what would count one thing by a trait of another."""
    allowed = {
        "posts": set(OF_POSTS),
        "labels": {*OF_POSTS, *OF_LABELS},
        "loops": {*OF_POSTS, *OF_LOOPS} - {"lang"},
        "threads": set(OF_POSTS),
    }[counted]
    if strange := [name for name in by if name not in allowed]:
        raise DiscourseError(
            where="--by",
            problem=f"{counted} cannot be counted by {strange[0]}",
            fix=f"Count them by {', '.join(n for n in (*OF_POSTS, *OF_LABELS, *OF_LOOPS) if n in allowed)}",
        )
    of_labels = bool(question.layers or question.labels or question.targets or question.makers)
    of_loops = bool(question.kinds or question.states)
    if (of_labels and counted != "labels") or (of_loops and counted != "loops"):
        raise DiscourseError(
            where="the question",
            problem=f"{counted} are counted, and it names traits of {'labels' if of_labels else 'loops'}",
            fix=f"Leave them out, or give --count {'labels' if of_labels else 'loops'}",
        )
    if question.langs and counted == "loops":
        raise DiscourseError(where="--lang", problem="disputes have no language", fix="Leave it out")
