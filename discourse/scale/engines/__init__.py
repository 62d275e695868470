"""Who does the parts of a dump: this machine, or a cluster that exists; the results are the same."""

from discourse.scale.engines.engine import ENGINES, engine_named

__all__ = ["ENGINES", "engine_named"]
