"""Which engines there are, by name."""

from discourse.errors import DiscourseError
from discourse.scale.jobs import Engine

ENGINES = ("local", "dask")


def engine_named(name: str, *, workers: int = 1, scheduler: str | None = None) -> Engine:
    """Return an engine.

    Parameters
    ----------
    workers
        Processes of this machine, of the engine `local`.
    scheduler
        The address of a Dask scheduler, of the engine `dask`.

    Raises
    ------
    DiscourseError
        Where there is none of that name, or the options do not fit it.
    """
    if name == "local" and scheduler is None:
        from discourse.scale.engines.local import local_engine  # noqa: PLC0415

        return local_engine(workers)
    if name == "dask" and scheduler is not None:
        from discourse.scale.engines.dask import dask_engine  # noqa: PLC0415 - an extra

        return dask_engine(scheduler)
    if name not in ENGINES:
        problem, fix = f"there is no engine {name!r}", f"Use one of {', '.join(ENGINES)}"
        raise DiscourseError(where="--engine", problem=problem, fix=fix)
    if name == "local":
        raise DiscourseError(
            where="--scheduler", problem="it is for --engine dask", fix="Leave it out, or add --engine dask"
        )
    raise DiscourseError(
        where="--engine dask",
        problem="it needs the address of a scheduler",
        fix="Add --scheduler tcp://HOST:PORT, as `dask scheduler` prints it",
    )
