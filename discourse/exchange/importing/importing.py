"""Labels of people in: matched, checked, and written down as their decisions; nothing is overwritten."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct, field

from discourse.errors import DiscourseError
from discourse.exchange.formats import format_named
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing.coders import Coders, is_machine
from discourse.exchange.importing.meanings import Meanings
from discourse.exchange.importing.placing import Place, Placing
from discourse.exchange.importing.posts import KnownPost, KnownPosts
from discourse.exchange.importing.writing import Said, append
from discourse.labels.decisions import Decision
from discourse.labels.journal import Journal, journal_of
from discourse.tables.contract import LAYERS, PAGE_LAYERS

_NAMED = 3  # refusals that are named one by one


class Imported(Struct):
    """What became of a file of labels."""

    labels: Counter[str] = field(default_factory=Counter)  # rows of each person
    posts: Counter[str] = field(default_factory=Counter)  # posts that each person has read or labelled
    read: Counter[str] = field(
        default_factory=Counter
    )  # of these, posts in which the person looked for anything
    put_right: int = 0  # labels whose offsets the other program had shifted
    of_machine: int = 0  # rows that the file gives to a machine and nobody claims: left alone
    refused: list[str] = field(default_factory=list)  # with `skip_refused`: what was left out, and why
    withdrawn: int = 0  # labels of an earlier import that this file no longer has
    besides: int = 0  # labels given in review that this file does not have; they stand
    known: list[str] = field(default_factory=list)  # people whose very same labels were imported before
    journals: list[Path] = field(default_factory=list)


def import_labels(
    path: Path,
    *,
    source: str,
    runs: Sequence[Path],
    annotator: str | None = None,
    names: Mapping[str, str] | None = None,
    looked_for: Collection[str] = (),
    skip_refused: bool = False,
    allows_new: bool = False,
    replace: bool = False,
    progress: Callable[[int], None] = lambda _posts: None,
) -> Imported:
    """Write the labels that a file holds into the journals of its runs.

    Posts are matched by id, else by their text; offsets are checked against the words that the file names,
    and put right where a program counted otherwise. A label that the file gives to a person is that person's;
    one that it gives to a machine or to nobody is `annotator`'s, who confirms it by leaving it there (a
    machine's rows are left alone where no annotator is given).

    Parameters
    ----------
    source
        A name of `FORMATS` that comes back.
    annotator
        A person's name, for labels that the file gives to nobody or to a machine.
    names
        What people of the file are called here, such as `user-1` (an account's number) ann.
    looked_for
        Layers that the people of the file looked for in every post of it, so that no label means none there.
        Formats that say this themselves need it not; without either, nothing is taken for looked for.
    skip_refused
        Take what can be placed, and list the rest, where otherwise nothing would be taken.
    allows_new
        Take markers that neither codebook, run nor the user's lexicons know.
    replace
        Withdraw labels that a person gave in review too, where the file says that he or she looked for them
        and does not have them; what was imported is withdrawn so in any case.

    Raises
    ------
    DiscourseError
        Where the file cannot be read, a label cannot be matched, or nobody is named. Nothing is written then.
    """
    fmt = format_named(source, comes_back=True)
    if not path.exists():
        raise DiscourseError(where=str(path), problem="there is no such file", fix="Check its name")
    if strange := sorted(set(looked_for) - set(LAYERS)):
        raise DiscourseError(
            where="--looked-for",
            problem=f"there is no layer {strange[0]!r}",
            fix=f"Take of {', '.join(LAYERS)}",
        )
    known = KnownPosts(runs)
    meanings = Meanings(known.folders, known, allows_new=allows_new)
    gathering = _Gathering(known, Coders.of_names(annotator, names or {}), meanings, tuple(looked_for))
    for number, found in enumerate(fmt.reader()(path), 1):
        gathering.take(found)
        if number % 500 == 0:
            progress(number)
    gathering.check(path, skip_refused)
    return gathering.write(fmt.name, replace=replace)


class _Gathering:
    """All that a file says, matched with posts, before any of it is written."""

    def __init__(
        self, known: KnownPosts, coders: Coders, meanings: Meanings, looked_for: tuple[str, ...]
    ) -> None:
        self._known = known
        self._coders = coders
        self._meanings = meanings
        self._looked_for = looked_for
        self._placing = Placing()
        self._people: dict[str, dict[Path, Said]] = {}
        self._answers: dict[tuple[str, str, str | None], str] = {}  # of a person to a post
        self._posts: list[tuple[KnownPost, str | None]] = []  # of the file, with who worked on each
        self._of_nobody = 0
        self._done = Imported()

    def take(self, found: FoundPost) -> None:
        """Take what the file says of one post; what cannot be taken is noted as refused."""
        try:
            post = self._known.match(found)
            seen_by = self._coders.of(found.seen_by)
            places = list(self._placing.places(found, post.text))
            for reader, layer, name in found.read:
                self._take_reading(post, reader, layer, name)
        except DiscourseError as error:
            self._done.refused.append(_told(error))
            return
        if self._looked_for:
            self._posts.append((post, seen_by))
        for label, place in places:
            self._take_label(found, post, label, place)

    def _take_reading(self, post: KnownPost, reader: str | None, layer: str, name: str | None) -> None:
        if layer not in (*LAYERS, *PAGE_LAYERS):
            raise DiscourseError(
                where=f"post {post.post_id!r}",
                problem=f"there is no layer {layer[:40]!r}",
                fix="Mend it there",
            )
        if (person := self._coders.of(reader)) is not None:
            self._of(person, post).read[post.post_id, (layer, name)] = post

    def _take_label(
        self, found: FoundPost, post: KnownPost, label: FoundLabel, place: Place | DiscourseError
    ) -> None:
        try:
            person = self._coders.of(label.annotator)
        except DiscourseError as error:
            self._done.refused.append(f"{found.where}: {_told(error)}")
            return
        if person is None:
            self._done.of_machine += label.annotator is not None
            self._of_nobody += label.annotator is None
            return
        problem = self._problem(person, post, label, place)
        if isinstance(place, DiscourseError) or problem is not None:
            where = f"{found.where}, post {found.post_id!r}"
            self._done.refused.append(
                _told(place) if isinstance(place, DiscourseError) else f"{where}: {problem}"
            )
            self._of(person, post, counts=False).refused.add((post.post_id, label.layer, label.label))
        else:
            self._of(person, post).labels.append(_decision(post, label, place))

    def _problem(
        self, person: str, post: KnownPost, label: FoundLabel, place: Place | DiscourseError
    ) -> str | None:
        if isinstance(place, DiscourseError):
            return place.problem
        problem = self._meanings.problem(label, post)
        if problem is None and label.layer == "reply":
            answer = (person, post.post_id, label.target or post.reply_to)
            if self._answers.setdefault(answer, label.label) != label.label:
                return f"{person} gives two answers to one post, {self._answers[answer]} and {label.label}"
        return problem

    def _of(self, person: str, post: KnownPost, *, counts: bool = True) -> Said:
        """Return what a person says of a run, who has a word on this post."""
        said = self._people.setdefault(person, {}).setdefault(post.run, Said())
        if counts:
            said.posts[post.post_id] = post
        return said

    def check(self, path: Path, skip_refused: bool) -> None:
        """Make sure that there is something to write, and nothing that should be mended first."""
        self._look()
        refused = self._done.refused
        said = any(one.posts for runs in self._people.values() for one in runs.values())
        if refused and not (skip_refused and said):
            first = "; ".join(refused[:_NAMED])
            more = "" if len(refused) <= _NAMED else f"; and {len(refused) - _NAMED:,} more"
            left = "Mend them" if skip_refused else "Mend them, or leave them out with --skip-refused"
            problem = f"{len(refused):,} of its entries cannot be taken, and so none is: {first}{more}"
            raise DiscourseError(where=str(path), problem=problem, fix=left)
        if self._of_nobody or (self._done.of_machine and not said):
            number = self._of_nobody or self._done.of_machine
            raise DiscourseError(
                where=str(path),
                problem=f"it does not say which person made {number:,} of its labels",
                fix="Name the person with --annotator",
            )
        if not said:
            raise DiscourseError(
                where=str(path),
                problem="no person has labelled anything in it",
                fix="Check --from and the file; --looked-for says that somebody looked and found none",
            )

    def _look(self) -> None:
        """Note that the people of the file looked in its posts, where the user says so."""
        people = [*dict.fromkeys([*self._people, *([self._coders.who] if self._coders.who else [])])]
        for post, seen_by in self._posts:
            for person in people if seen_by is None else [seen_by]:
                for layer in self._looked_for:
                    self._of(person, post).read[post.post_id, (layer, None)] = post

    def write(self, fmt: str, *, replace: bool) -> Imported:
        """Append all of it to the journals, in one action a person and run."""
        done = self._done
        done.put_right = self._placing.put_right
        wanted = {run for runs in self._people.values() for run, said in runs.items() if said.posts}
        with ExitStack() as stack:
            # all are opened before one is written to
            journals = {
                run: stack.enter_context(journal_of(run)) for run in self._known.folders if run in wanted
            }
            for run, journal in journals.items():
                for person, runs in sorted(self._people.items()):
                    if run in runs and runs[run].posts:
                        self._write(journal, person, runs[run], fmt, replace)
                done.journals.append(journal.path)
        return done

    def _write(self, journal: Journal, person: str, said: Said, fmt: str, replace: bool) -> None:
        done = self._done
        found = append(journal, person, said, fmt, replace=replace)
        done.labels[person] += found.labels
        done.posts[person] += len(said.posts)
        done.read[person] += len({post_id for post_id, _ in said.read})
        done.withdrawn += found.withdrawn
        done.besides += found.besides
        done.known += [person] if found.is_known else []


def _told(error: DiscourseError) -> str:
    """Return a refusal in short: what to do is the same for all, and said once."""
    return f"{error.where}: {error.problem}"


def _decision(post: KnownPost, label: FoundLabel, place: Place) -> Decision:
    machines = [label.annotator] if label.annotator and is_machine(label.annotator) else []
    makers = " ".join(dict.fromkeys([*machines, *(label.also or "").split()]))
    value = {
        "layer": label.layer,
        "label": label.label,
        "target": post.reply_to if label.target is None and label.layer == "reply" else label.target,
        "start": place[0],
        "end": place[1],
        "quote": post.text[place[0] : place[1]],
        "detail": label.detail,
        "accepts": makers or None,
    }
    return Decision(kind="label", post_id=post.post_id, text_hash=post.digest, value=value)
