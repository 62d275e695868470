"""The pages that tests of the report share."""

from tests.report.browsers import folder

__all__ = ["folder"]
