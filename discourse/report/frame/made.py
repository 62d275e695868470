"""How a report was made: what a run's record says, in words, and how to make it again."""

import json
import shlex
from collections.abc import Iterable, Mapping

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.titles import SOURCES_SHOWN, file_of
from discourse.report.basis.words import counted, plain

PACKAGE = "discourse-analyzer"
_LONGEST = 300  # characters of a setting
_FEW_SOURCES = 3  # that stand in the command
_SAID_ELSEWHERE = ("error_rates", "meanings")  # with the labels that they speak of
_SAID_HERE = ("run_id", "sources", "code", "settings", *_SAID_ELSEWHERE)


class Versions(Struct, frozen=True):
    """Versions of one kind of maker."""

    kind: str
    items: list[tuple[str, str]]


class Digest(Struct, frozen=True):
    """A file, with the digest of its bytes."""

    uri: str
    file: str
    sha256: str


class Made(Struct, frozen=True):
    """What the report's footer says."""

    run_id: str
    version: str
    settings: list[tuple[str, str]]
    sources: list[Digest]
    more_sources: int
    context: list[Digest]
    more_context: int
    versions: list[Versions]
    command: str  # that makes the report again; empty where the record is too thin
    cite: str


def made(book: Book, run: Mapping[str, object]) -> Made:
    """Read a run record; what it does not tell is left out, what is not known here is shown as it stands."""
    own = [Digest(s.uri, file_of(s.uri), s.sha256) for s in book.sources]
    return _made(own, _beside(book), run)


def made_of_several(run: Mapping[str, object]) -> Made:
    """Read the record of a run over several sources, which names them itself."""
    listed = run.get("sources")
    rows = [_mapping(row) for row in listed] if isinstance(listed, list) else []
    own = [
        Digest(str(r.get("uri", "")), file_of(str(r.get("uri", ""))), str(r.get("sha256", ""))) for r in rows
    ]
    return _made(own, [], run)


def _made(own: list[Digest], beside: list[Digest], run: Mapping[str, object]) -> Made:
    settings, code = _mapping(run.get("settings")), _mapping(run.get("code"))
    run_id, version = str(run.get("run_id", "")), str(code.get(PACKAGE, ""))
    return Made(
        run_id=run_id,
        version=version,
        settings=[*_settings(settings), *_others(run)],
        sources=own[:SOURCES_SHOWN],
        more_sources=max(0, len(own) - SOURCES_SHOWN),
        context=beside[:SOURCES_SHOWN],
        more_context=max(0, len(beside) - SOURCES_SHOWN),
        versions=_versions(run, code),
        command=_command(own, beside, settings) if own and version else "",
        cite=_cite(version, run_id),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _beside(book: Book) -> list[Digest]:
    taken = {source.source_id for source in book.sources}
    rows = book.tables["sources"][["source_id", "uri", "sha256"]].itertuples(index=False)
    return [Digest(str(r.uri), file_of(str(r.uri)), str(r.sha256)) for r in rows if r.source_id not in taken]


def withheld(run: Mapping[str, object]) -> list[str]:
    """Say in a sentence each what a reader does not get to see by the user's wish."""
    settings = _mapping(run.get("settings"))
    said = ["Names are pseudonyms."] if "pseudonyms" in settings else []
    return [*said, "Nobody’s words are shown: dots stand for them."] if hides_words(run) else said


def hides_words(run: Mapping[str, object]) -> bool:
    """Say whether posts and articles were left out of the tables (`--no-verbatim`)."""
    return _mapping(run.get("settings")).get("verbatim") is False


def _settings(settings: Mapping[str, object]) -> list[tuple[str, str]]:
    """Say in words what was set; what everybody has by default is left out."""
    said = []
    for name, value in settings.items():
        if name == "seed" and not value:
            continue
        if name == "columns":
            said.append(("columns", ", ".join(f"{key} from “{of}”" for key, of in _mapping(value).items())))
        elif name == "targets":
            said.append(("targets", _targets(_mapping(value))))
        elif name == "lexicons":
            said.append(
                ("lexicons", f"{counted(len(_mapping(value)), 'file')} of the user's own, used beside ours")
            )
        elif name == "context":
            count = len(value) if isinstance(value, list) else 0
            said.append(("context", f"{counted(count, 'article')} read beside the page"))
        elif name == "pseudonyms":
            said.append(("names", f"replaced by pseudonyms, made with the key {_written(value)}"))
        elif name == "verbatim" and not value:
            said.append(("texts", "left out"))
        else:
            said.append((plain(name), _written(value)))
    return [(name, _cut(words)) for name, words in said]


def _targets(value: Mapping[str, object]) -> str:
    names = ", ".join(f"“{name}”" for name in _mapping(value.get("given")))
    return f"given: {names or 'none'}; " + (
        "others were found besides" if value.get("find") else "no others looked for"
    )


def _others(run: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    # versions stand apart; whatever else a record holds is not kept from the reader
    plain_values = ((name, value) for name, value in run.items() if name not in _SAID_HERE)
    return [(plain(name), _cut(_written(value))) for name, value in plain_values if not _is_versions(value)]


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    )


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _is_versions(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(v, str | int) for v in value.values())


def _versions(run: Mapping[str, object], code: Mapping[str, object]) -> list[Versions]:
    kinds = {name: _mapping(v) for name, v in run.items() if name not in _SAID_HERE and _is_versions(v)}
    libraries = {name: v for name, v in code.items() if name != PACKAGE}
    named = [*kinds.items(), ("Python and libraries", libraries)]
    return [
        Versions(
            plain(kind).capitalize() if kind in kinds else kind,
            [(plain(k) if kind in kinds else k, str(v)) for k, v in of.items()],
        )
        for kind, of in named
        if of
    ]


def _command(own: list[Digest], beside: list[Digest], settings: Mapping[str, object]) -> str:
    parts = ["discourse analyze", *(_quoted(source.file) for source in own[:_FEW_SOURCES])]
    if len(own) > _FEW_SOURCES:
        parts.append("…")
    parts += [f"--context {_quoted(article.file)}" for article in beside[:_FEW_SOURCES]]
    if len(beside) > _FEW_SOURCES:
        parts.append("--context …")
    parts += [f"--{name} …" for name in ("columns", "targets", "lexicons", "pseudonyms") if name in settings]
    parts += ["--no-verbatim"] if settings.get("verbatim") is False else []
    parts += [f"--seed {settings['seed']}"] if settings.get("seed") else []
    return " ".join(parts)


def _quoted(name: str) -> str:
    return shlex.quote(_cut(name))


def _cite(version: str, run_id: str) -> str:
    words = f"Discourse, version {version}" if version else "Discourse"
    return f"{words} (discourse-analyzer, Apache-2.0)" + (f", run {run_id}." if run_id else ".")
