"""The records of earlier runs, and what may be done to a run before it is shown."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from discourse.provenance import sha256_of
from discourse.stored.runs import StoredRun

Change = Callable[[StoredRun], StoredRun]  # what is to be done to a source's tables before they are drawn


def joined_record(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the record of several sources that were analysed alike, as `provenance.run_record` has it.

    What differs between the records stands as the list of all values.
    """
    sources = [source for record in records for source in record.get("sources") or ()]
    keys = dict.fromkeys(key for record in records for key in record if key not in ("run_id", "sources"))
    known = {key: _one_or_all([record.get(key) for record in records]) for key in keys}
    digests = sorted(str(source.get("sha256")) for source in sources)
    hashed = json.dumps([digests, known], sort_keys=True, ensure_ascii=False)
    return {"run_id": sha256_of(hashed.encode())[:16], "sources": sources, **known}


def _one_or_all(values: list[Any]) -> Any:
    distinct = [value for place, value in enumerate(values) if value not in values[:place]]
    return distinct[0] if len(distinct) == 1 else distinct
