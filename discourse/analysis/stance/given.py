"""Targets that a user names: `--target "Name=alias,alias"`, or a TOML file."""

import csv
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.text.normalise import fold

KINDS = ("person", "party", "group", "country", "institution", "measure", "other")
MOST = 200  # targets of one run
MOST_NAMES = 2_000  # of all targets, aliases too
LONGEST = 200  # characters of one name
OPTION = "--target"
_EXAMPLE = 'Write it as "Harbour plan=the plan,the harbour scheme"'


class GivenTarget(Struct, frozen=True):
    """One target as the user names it."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None  # one of `KINDS`; None where the thread is to tell

    @property
    def forms(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


class GivenTargets(Struct, frozen=True):
    """All that a user says of targets.

    Parameters
    ----------
    targets
        They come first, and are listed wherever a thread mentions them once.
    find
        Whether others are looked for besides.
    """

    targets: tuple[GivenTarget, ...] = ()
    find: bool = True

    def joined(self, other: "GivenTargets") -> "GivenTargets":
        """Return both; others are looked for only where both want it."""
        return checked((*self.targets, *other.targets), find=self.find and other.find, where=OPTION)

    def renamed(self, name: Callable[[str], str]) -> "GivenTargets":
        """Return them with other names, for the run's record alone: nothing is checked."""
        return GivenTargets(
            tuple(GivenTarget(name(t.name), tuple(map(name, t.aliases)), t.kind) for t in self.targets),
            self.find,
        )

    def settings(self) -> dict[str, object]:
        """Describe them for the run's record; empty where nothing was given."""
        if not self.targets and self.find:
            return {}
        named = {t.name: {"aliases": list(t.aliases), "kind": t.kind} for t in self.targets}
        return {"targets": {"given": named, "find": self.find}}


NOTHING_GIVEN = GivenTargets()


def parse_targets(options: Iterable[str]) -> GivenTargets:
    """Read what `--target` says, one target an option: `Name`, or `Name=alias,alias`.

    An alias with a comma in it stands in quotation marks.

    Raises
    ------
    DiscourseError
        Where an option names nothing, or two targets share a name.
    """
    found = []
    for option in options:
        name, _, rest = option.partition("=")
        aliases = next(csv.reader([_clean(rest)], skipinitialspace=True), [])
        found.append(GivenTarget(_clean(name), _cleaned(aliases)))
    return checked(found, find=True, where=OPTION)


def read_targets(path: Path) -> GivenTargets:
    """Read a TOML file of targets.

    It holds a table `targets`, a name with its list of aliases (or with a table of `aliases` and `kind`)
    a line, and perhaps `find = false`, so that no others are looked for.

    Raises
    ------
    DiscourseError
        Where it cannot be read, or says something else.
    """
    where = str(path)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # tomllib's and decoding errors are ValueErrors
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DiscourseError(
            where=where, problem=f"it cannot be read as TOML ({reason})", fix="Name a TOML file in UTF-8"
        ) from error
    find, table = said.pop("find", True), said.pop("targets", None)
    if not isinstance(table, dict) or not isinstance(find, bool) or said:
        raise DiscourseError(
            where=where,
            problem=f"it holds {', '.join(map(repr, said))} besides"
            if said
            else "it holds no table of targets",
            fix='Write `[targets]`, and below it a line such as "Harbour plan" = ["the plan"]',
        )
    return checked([_of_entry(name, entry, where) for name, entry in table.items()], find=find, where=where)


def _of_entry(name: str, entry: object, where: str) -> GivenTarget:
    said: Mapping[str, object] = entry if isinstance(entry, dict) else {"aliases": entry}
    aliases, kind = said.get("aliases", []), said.get("kind")
    texts = isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)
    if not texts or not set(said) <= {"aliases", "kind"} or kind not in (None, *KINDS):
        raise DiscourseError(
            where=f"{where}, target {name!r}",
            problem="it needs a list of aliases, or `aliases` and a `kind`",
            fix=f"Write its aliases in brackets; a kind is one of {', '.join(KINDS)}",
        )
    assert isinstance(aliases, list)  # noqa: S101 - so that its type is known
    return GivenTarget(_clean(name), _cleaned(aliases), None if kind is None else str(kind))


def checked(targets: Sequence[GivenTarget], *, find: bool, where: str) -> GivenTargets:
    """Return targets of which each can be told from the others.

    Raises
    ------
    DiscourseError
        Where a name is empty, too long or holds what no name can, or where two targets share one.
    """
    if len(targets) > MOST:
        raise _fault(where, f"there are {len(targets):,} targets, and {MOST} can be given", "Give fewer")
    if (names := sum(len(target.forms) for target in targets)) > MOST_NAMES:
        raise _fault(
            where, f"there are {names:,} names and aliases, and {MOST_NAMES:,} can be given", "Give fewer"
        )
    owners: dict[str, str] = {}
    for target in targets:
        for form in target.forms:
            if problem := _problem(form):
                raise _fault(where, problem, _EXAMPLE)
            owner = owners.setdefault(fold(form), target.name)
            if owner != target.name:
                raise _fault(
                    where, f"{form!r} names both {owner!r} and {target.name!r}", "Leave it to one of them"
                )
    titles = [target.name for target in targets]
    if double := next((name for name in titles if titles.count(name) > 1), None):
        raise _fault(where, f"{double!r} is given twice", "Give it once, with all of its aliases")
    return GivenTargets(tuple(targets), find)


def _fault(where: str, problem: str, fix: str) -> DiscourseError:
    return DiscourseError(where=where, problem=problem, fix=fix)


def _problem(form: str) -> str | None:
    if not any(char.isalnum() for char in form):
        return f"{form!r} names nothing" if form else "a name is empty"
    if len(form) > LONGEST:
        return f"{form[:20]!r}… is longer than {LONGEST} characters"
    if "|" in form or any(unicodedata.category(char) in ("Cc", "Cs") for char in form):
        return f"{form!r} holds a character that no name can hold"
    return None


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.replace("\0", "\ufffd").split()))


def _cleaned(aliases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alias for text in aliases if (alias := _clean(text))))
