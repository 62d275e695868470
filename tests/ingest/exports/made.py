"""Small exports of made-up people, written as the formats' own tools would."""

import json
from pathlib import Path

from discourse.ingest.exports import Export, open_export
from discourse.tables import POSTS


def read(path: Path, size: int = 10_000, **options) -> tuple[list[dict], Export]:
    """Return an export's posts as rows, each batch checked against the contract, and the export."""
    export = open_export(path, **options)
    rows = []
    for batch in export.batches(size):
        frame = batch.frame()
        assert list(POSTS.faults(frame)) == []
        assert list(frame) == POSTS.names
        rows += frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    assert len({row["post_id"] for row in rows}) == len(rows)
    return rows, export


def written(path: Path, *records: object, encoding: str = "utf-8") -> Path:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding=encoding)
    return path


def links(rows: list[dict]) -> dict[str, str | None]:
    """Return who answers whom, by id."""
    assert all((row["reply_to"] is None) == (row["reply_evidence"] == "none") for row in rows)
    return {row["post_id"]: row["reply_to"] for row in rows}


def problems(export: Export) -> str:
    """Return all faults in one text."""
    return "\n".join(f"{fault.item_id}: {fault.problem}" for fault in export.faults)
