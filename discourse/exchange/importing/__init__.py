"""`discourse import`: what a file says, matched with the posts of a run and written into its journal."""

from discourse.exchange.importing.importing import Imported, import_labels

__all__ = ["Imported", "import_labels"]
