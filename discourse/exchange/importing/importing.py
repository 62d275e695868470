"""Labels of people in: matched, checked, and written down as their decisions; nothing is overwritten."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.exchange.formats import format_named
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing.placing import Place, Placing
from discourse.exchange.importing.posts import KnownPost, KnownPosts
from discourse.labels.decisions import HUMAN, Decision, human
from discourse.labels.journal import Journal, journal_path
from discourse.labels.people import key_of
from discourse.stored.runs import source_digests
from discourse.tables.contract import LAYERS, PAGE_LAYERS

# what each layer may say; rhetoric has the markers of the codebook and those of users' lexicons
CHOICES = {
    "quote": frozenset({"quote", "attribution"}),
    "reply": frozenset({"agree", "disagree", "neither"}),
    "stance": frozenset({"favor", "against", "none"}),
    "claim": frozenset({"asserts", "denies"}),
}
_LONGEST = 80  # characters of a label
_NAMED = 5  # refusals that are named one by one
Read = tuple[str, str | None]  # a layer, and a label or None for all of it


@dataclass(slots=True)
class Imported:
    """What became of a file of labels."""

    labels: Counter[str] = field(default_factory=Counter)  # rows of each person
    posts: Counter[str] = field(default_factory=Counter)  # posts that each person has read or labelled
    put_right: int = 0  # labels whose offsets the other program had shifted
    of_machine: int = 0  # rows that the file gives to a machine and nobody claims: left alone
    refused: list[str] = field(default_factory=list)  # with --skip-refused: what was left out, and why
    withdrawn: int = 0  # labels of an earlier import that this file no longer has
    journals: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class _Gathered:
    """What one person says in the file, by run."""

    labels: dict[Path, list[Decision]] = field(default_factory=dict)
    read: dict[Path, list[Decision]] = field(default_factory=dict)
    seen: dict[Path, dict[str, KnownPost]] = field(default_factory=dict)
    used: dict[Read, None] = field(default_factory=dict)  # labels that the person uses anywhere in the file


def import_labels(
    path: Path,
    *,
    source: str,
    runs: Sequence[Path],
    annotator: str | None = None,
    names: Mapping[str, str] | None = None,
    skip_refused: bool = False,
    progress: Callable[[int], None] = lambda _posts: None,
) -> Imported:
    """Write the labels that a file holds into the journals of its runs.

    Posts are matched by id, and by their text where the file has none; offsets are checked against the words
    that the file names, and put right where a program counted otherwise. A label that the file gives to
    a person is that person's; one that it gives to a machine or to nobody is `annotator`'s, who confirms it
    by leaving it there (a machine's rows are left alone where the file has people's and no annotator is
    given). Where the file does not say what was looked for, a person is taken to have looked, in every post
    of the file, for the labels that he or she uses in it. What an earlier import of the same person and
    format had on a post of the file, and the file has no longer, is withdrawn.

    Parameters
    ----------
    source
        A name of `FORMATS` that comes back.
    annotator
        A person's name, for labels that the file gives to nobody or to a machine.
    names
        What people of the file are called here, such as `user-1` (an account's number) ann.
    skip_refused
        Take what can be placed, and list the rest, where otherwise nothing would be taken.

    Raises
    ------
    DiscourseError
        Where the file cannot be read, a label cannot be matched, or nobody is named. Nothing is written then.
    """
    fmt = format_named(source, comes_back=True)
    if not path.exists():
        raise DiscourseError(where=str(path), problem="there is no such file", fix="Check its name")
    gathering = _Gathering(KnownPosts(runs), _Coders.of_names(annotator, names or {}))
    for number, found in enumerate(fmt.reader()(path), 1):
        gathering.take(found)
        if number % 500 == 0:
            progress(number)
    gathering.check(path, skip_refused)
    return gathering.write(f"import:{fmt.name}")


@dataclass(frozen=True, slots=True)
class _Coders:
    """Who the people of a file are here."""

    who: str | None  # of labels that the file gives to nobody or to a machine
    names: Mapping[str, str]  # by their names in the file, both as annotators

    @classmethod
    def of_names(cls, annotator: str | None, names: Mapping[str, str]) -> "_Coders":
        who = None if annotator is None else human(annotator)
        return cls(who, {human(theirs): human(ours) for theirs, ours in names.items()})

    def of(self, named: str | None) -> str | None:
        """Return whose word it is; None where the file names a machine or nobody, and nobody is given."""
        if named is None or not named.startswith(HUMAN):
            return self.who
        annotator = human(named)
        return self.names.get(annotator, annotator)


class _Gathering:
    """All that a file says, matched with posts, before any of it is written."""

    def __init__(self, known: KnownPosts, coders: _Coders) -> None:
        self._known = known
        self._coders = coders
        self._placing = Placing()
        self._people: dict[str, _Gathered] = {}
        self._done = Imported()

    def take(self, found: FoundPost) -> None:
        """Take what the file says of one post; what cannot be taken is noted as refused."""
        try:
            post = self._known.match(found)
            places = list(self._placing.places(found, post.text))
        except DiscourseError as error:
            self._done.refused.append(str(error))
            return
        for label, place in places:
            self._take_label(found, post, label, place)
        for reader, layer, name in found.read:
            if (person := self._coders.of(reader)) is not None:
                decision = _reading(post, layer, name)
                self._of(person, post).read.setdefault(post.run, []).append(decision)
        seen_by = self._coders.of(found.seen_by)
        if seen_by is not None and not found.read:
            self._of(seen_by, post)

    def _take_label(
        self, found: FoundPost, post: KnownPost, label: FoundLabel, place: Place | DiscourseError
    ) -> None:
        problem = place if isinstance(place, DiscourseError) else _label_problem(found, label)
        person = self._coders.of(label.annotator)
        if person is None:
            self._done.of_machine += 1
        elif problem is not None or isinstance(place, DiscourseError):
            self._done.refused.append(str(problem))
        else:
            one = self._of(person, post)
            one.labels.setdefault(post.run, []).append(_decision(post, label, place))
            one.used[label.layer, label.label] = None

    def _of(self, person: str, post: KnownPost) -> _Gathered:
        """Return what a person says, who has seen this post."""
        one = self._people.setdefault(person, _Gathered())
        one.seen.setdefault(post.run, {})[post.post_id] = post
        return one

    def check(self, path: Path, skip_refused: bool) -> None:
        """Make sure that there is something to write, and nothing that should be mended first."""
        refused = self._done.refused
        if refused and not skip_refused:
            first = "; ".join(text.rstrip(".") for text in refused[:_NAMED])
            more = "" if len(refused) <= _NAMED else f"; and {len(refused) - _NAMED:,} more"
            raise DiscourseError(
                where=str(path),
                problem=f"{len(refused):,} of its entries cannot be taken, so none was: {first}{more}",
                fix="Mend them, or leave them out with --skip-refused",
            )
        if not self._people and self._done.of_machine:
            raise DiscourseError(
                where=str(path),
                problem=f"it does not say who made its {self._done.of_machine:,} labels",
                fix="Name the person with --annotator",
            )
        if not self._people and not refused:
            raise DiscourseError(
                where=str(path), problem="it holds no label", fix="Check --from and the file"
            )

    def write(self, origin: str) -> Imported:
        """Append all of it to the journals, in one action a person and run."""
        done, known = self._done, self._known
        done.put_right = self._placing.put_right
        seen = {folder for one in self._people.values() for folder in one.seen}
        with ExitStack() as stack:
            # all are opened before one is written to
            journals = {
                folder: stack.enter_context(Journal(journal_path(folder), source_digests(folder)))
                for folder in known.folders
                if folder in seen
            }
            for folder, journal in journals.items():
                for person, one in sorted(self._people.items()):
                    if folder in one.seen:
                        done.withdrawn += _append(journal, person, one, folder, origin)
                        done.labels[person] += len(one.labels.get(folder, ()))
                        done.posts[person] += len(one.seen[folder])
                done.journals.append(journal.path)
        return done


def _append(journal: Journal, person: str, one: _Gathered, folder: Path, origin: str) -> int:
    """Write what a person says of one run down; return how many labels of an earlier import went."""
    labels = one.labels.get(folder, [])
    gone = list(_gone(journal, person, origin, one.seen[folder], labels))
    journal.append(person, [*gone, *_read(one, folder), *labels], origin=origin)
    return len(gone)


def _label_problem(found: FoundPost, label: FoundLabel) -> DiscourseError | None:
    """Return what is wrong with a label's name, if anything is."""
    problem = None
    if label.layer not in LAYERS:
        problem = f"there is no layer {label.layer[:_LONGEST]!r}; there are {', '.join(LAYERS)}"
    elif label.layer in CHOICES and label.label not in CHOICES[label.layer]:
        known = ", ".join(sorted(CHOICES[label.layer]))
        problem = f"{label.label[:_LONGEST]!r} is no label of the layer {label.layer}; there are {known}"
    elif not label.label.strip() or len(label.label) > _LONGEST or not label.label.isprintable():
        problem = f"{label.label[:_LONGEST]!r} is no name of a label"
    if problem is None:
        return None
    where = f"{found.where}, post {found.post_id!r}"
    return DiscourseError(
        where=where, problem=problem, fix="Mend it there, or leave such labels out with --skip-refused"
    )


def _decision(post: KnownPost, label: FoundLabel, place: Place) -> Decision:
    machines = [label.annotator] if label.annotator and not label.annotator.startswith(HUMAN) else []
    makers = " ".join(dict.fromkeys([*machines, *(label.also or "").split()]))
    target = label.target
    if target is None and label.layer == "reply":
        target = post.reply_to
    value = {
        "layer": label.layer,
        "label": label.label,
        "target": target,
        "start": place[0],
        "end": place[1],
        "quote": post.text[place[0] : place[1]],
        "detail": label.detail,
        "accepts": makers or None,
    }
    return Decision(kind="label", post_id=post.post_id, text_hash=post.digest, value=value)


def _reading(post: KnownPost, layer: str, label: str | None) -> Decision:
    if layer not in (*LAYERS, *PAGE_LAYERS):
        raise DiscourseError(
            where=f"post {post.post_id!r}",
            problem=f"there is no layer {layer[:_LONGEST]!r}",
            fix="Mend it there",
        )
    value = {"layer": layer, "label": label}
    return Decision(kind="read", post_id=post.post_id, text_hash=post.digest, value=value)


def _read(one: _Gathered, folder: Path) -> list[Decision]:
    """Return what a person has looked for: as the file says it, else every label used, in every post."""
    if any(one.read.values()):
        return one.read.get(folder, [])
    posts = one.seen[folder].values()
    return [_reading(post, layer, label) for post in posts for layer, label in one.used]


def _gone(
    journal: Journal,
    person: str,
    origin: str,
    seen: dict[str, KnownPost],
    labels: Iterable[Decision],
) -> Iterator[Decision]:
    """Yield the withdrawal of each label that an earlier import had and this file no longer has."""
    now = {(decision.post_id, key_of(decision.value)) for decision in labels}
    standing: dict[tuple[str, tuple[object, ...]], Decision] = {}
    for noted in journal.noted(annotator=person):
        decision = noted.decision
        key = (decision.post_id, key_of(decision.value))
        if decision.kind in ("label", "reject"):
            standing.pop(key, None)
        if decision.kind == "label" and noted.origin == origin and decision.post_id in seen:
            standing[key] = decision
    for key, decision in standing.items():
        if key not in now:
            named = ("layer", "label", "target", "start", "end")
            value = {name: decision.value.get(name) for name in named} | {"annotator": person}
            yield Decision(kind="reject", post_id=decision.post_id, text_hash=decision.text_hash, value=value)
