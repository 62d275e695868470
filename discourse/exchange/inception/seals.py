"""Whether a label is still as it was exported: who changes one seldom changes its `annotator` too."""

import hashlib
import json
from collections.abc import Mapping

_SEALED = ("layer", "label", "target", "detail", "annotator", "also")


def seal(values: Mapping[str, str | None], post_id: str | None, start: int, end: int) -> str:
    """Return what stays the same as long as a label, its place in its post and its maker do."""
    said = json.dumps([post_id, start, end, *(values.get(name) for name in _SEALED)])
    return hashlib.sha256(said.encode()).hexdigest()[:12]
