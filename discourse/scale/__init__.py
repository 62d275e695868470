"""Dumps of any size: threads brought together on disk, analysed in parts, on one machine or many."""

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
