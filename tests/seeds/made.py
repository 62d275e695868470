"""Made-up documents for the tests of manifest and expectations."""

from pathlib import Path

from discourse.provenance import sha256_of
from discourse.seeds.manifest import Document

TEXTS = {
    "one.txt": "Fog over the bay\nThe harbour office expects fog until noon.\nShips are asked to wait.\n",
    "two.txt": "The regatta is off\nThe sailing club has called off its regatta for want of wind.\n",
}


def made_documents(folder: Path) -> list[Document]:
    """Write two pages without comments into a folder, and return the manifest's lines for them."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [
        Document(name, sha256_of((folder / name).read_bytes()), "a made-up article", "no comments")
        for name in TEXTS
    ]
