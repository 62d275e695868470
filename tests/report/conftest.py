"""The browser and the pages that tests of the report share."""

from tests.report.browsers import browser, folder

__all__ = ["browser", "folder"]
