"""The project's own documents: their manifest, where they go, and what is expected of them."""

from discourse.seeds.expectations import Check, check_seeds
from discourse.seeds.manifest import Document, add_seeds, read_manifest

__all__ = ["Check", "Document", "add_seeds", "check_seeds", "read_manifest"]
