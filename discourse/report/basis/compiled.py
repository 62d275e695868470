"""Templates as Jinja has compiled them, kept as Python keeps modules: to compile them is most of the work."""

from pathlib import Path

import jinja2.compiler
from jinja2.bccache import Bucket, BytecodeCache

from discourse.derived import Derived


class Compiled(BytecodeCache):
    """Keeps what Jinja makes of the package's templates.

    Parameters
    ----------
    folder
        Of the templates.
    beside
        The module that says how they are compiled: a change of it makes all of them anew.
    """

    def __init__(self, folder: Path, beside: str) -> None:
        self._folder = folder
        self._beside = beside

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the template's name: there is one folder alone."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where its template has been kept."""
        data = self._kept(bucket).read()
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds."""
        self._kept(bucket).write(bucket.bytecode_to_string())

    def _kept(self, bucket: Bucket) -> Derived:
        name = bucket.key.replace("/", ".")
        files = [self._folder / bucket.key, Path(self._beside), Path(jinja2.compiler.__file__)]
        return Derived(name, self._beside, files)
