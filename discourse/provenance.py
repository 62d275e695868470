"""Where a result comes from: inputs, settings and versions, and a run id that is their hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from discourse import __version__

RECORD = "run.json"  # the file of a run that holds what `run_record` says
_LIBRARIES = ("ahocorasick_rs", "jinja2", "matplotlib", "numpy", "pandas", "scikit-learn", "seaborn")


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def run_record(
    *,
    sources: Sequence[Mapping[str, str]],
    settings: Mapping[str, object],
    makers: Mapping[str, Mapping[str, object]],
) -> dict[str, object]:
    """Describe a run, for `run.json`.

    Parameters
    ----------
    sources
        For each source its `uri` and `sha256`.
    settings
        Options that change the result, the seed among them.
    makers
        Versions of analysers, lexicons and models, by kind.

    Returns
    -------
    dict
        With `run_id`, the first 16 hex digits of a hash over the contents of the sources,
        the settings and all versions. No clock and no path goes into it: the same input
        gives the same id.
    """
    known = {
        "code": {"discourse-analyzer": __version__, "python": python_version(), **_versions()},
        "settings": dict(settings),
        **{kind: dict(versions) for kind, versions in makers.items()},
    }
    hashed = json.dumps([sorted(s["sha256"] for s in sources), known], sort_keys=True, ensure_ascii=False)
    run_id = sha256_of(hashed.encode())[:16]
    return {"run_id": run_id, "sources": [dict(source) for source in sources], **known}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
