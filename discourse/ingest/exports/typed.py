"""Plain JSON lines straight into typed columns, by Arrow, in another thread.

Only for files whose records hold texts, numbers and truth values, each field of one kind. Whatever
does not fit (another kind, a new field, a broken line, half a character pair, a field given twice)
makes Arrow refuse the block, which is then decoded line by line: the posts are the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from discourse.ingest.exports.blocks import Block

_FAILURES = 4  # blocks refused one after another, from which on it is not tried again


def kinds_of(records: Sequence[Mapping[str, Any]]) -> dict[str, type] | None:
    """Return the one kind of value that each field has; None where a field has several, or objects."""
    kinds: dict[str, type] = {}
    for record in records:
        for name, value in record.items():
            if value is None:
                continue
            if type(value) not in (str, int, float, bool) or kinds.setdefault(name, type(value)) is not type(
                value
            ):
                return None
    return kinds if len(kinds) == len({name for record in records for name in record}) else None


def parsed(blocks: Iterable[Block], kinds: Mapping[str, type]) -> Iterator[Block]:
    """Yield the same blocks, parsed where they can be."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import json as arrow_json  # noqa: PLC0415

    arrow = {str: pa.large_string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    options = arrow_json.ParseOptions(
        explicit_schema=pa.schema([(name, arrow[kind]) for name, kind in kinds.items()]),
        unexpected_field_behavior="error",
    )
    failures = 0
    for block in blocks:
        if block.data and failures < _FAILURES:
            reading = arrow_json.ReadOptions(use_threads=False, block_size=len(block.data) + 1)
            try:
                table = arrow_json.read_json(pa.BufferReader(block.data), reading, options)
                table.validate(full=True)
            except (pa.ArrowException, ValueError):
                failures += 1
            else:
                # records over several lines, or several on one, are for the other reader to refuse
                if table.num_rows == block.lines:
                    block.table, failures = table.combine_chunks(), 0
        yield block
