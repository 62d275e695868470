"""How much work a call is, counted in lines run: no clock, so no slow machine can fail a test."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_steps(call: Callable[[], object], files: tuple[str, ...]) -> int:
    """Count the lines that a call runs in modules whose paths end so."""
    steps = 0

    def on_line(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal steps
        steps += event == "line"
        return on_line

    def on_call(frame: FrameType, _event: str, _arg: object) -> Any:
        return on_line if frame.f_code.co_filename.endswith(files) else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        call()
    finally:
        sys.settrace(before)
    return steps
