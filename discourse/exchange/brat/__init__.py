"""brat's standoff annotation: threads as text files with their labels beside them, both ways."""

from discourse.exchange.brat.reading import read
from discourse.exchange.brat.writing import write

__all__ = ["read", "write"]
