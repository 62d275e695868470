"""Dumps of any size: threads brought together on disk, analysed in parts, on one machine or many.

What stands here is loaded when it is first asked for: that a page is no dump shall cost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.scale.detecting import is_dump
    from discourse.scale.engines import ENGINES, engine_named
    from discourse.scale.places import Place, is_address
    from discourse.scale.running import DumpRun, run_dump
    from discourse.scale.stored import draw_summary, draw_thread, is_dump_run, read_thread

__all__ = [
    "ENGINES",
    "DumpRun",
    "Place",
    "draw_summary",
    "draw_thread",
    "engine_named",
    "is_address",
    "is_dump",
    "is_dump_run",
    "read_thread",
    "run_dump",
]

_HOMES = {
    "detecting": ("is_dump",),
    "engines": ("ENGINES", "engine_named"),
    "places": ("Place", "is_address"),
    "running": ("DumpRun", "run_dump"),
    "stored": ("draw_summary", "draw_thread", "is_dump_run", "read_thread"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module in which a name of this package stands."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return found
