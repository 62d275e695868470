"""Write the made-up saved pages and what is true of them: python -m tests.ingest.html.make_pages."""

import json
from pathlib import Path

from tests.ingest.html.layouts_first import FIRST
from tests.ingest.html.layouts_second import SECOND

FOLDER = Path(__file__).parent / "pages"
LAYOUTS = {**FIRST, **SECOND}


def make(folder: Path) -> None:
    """Write NAME.html and NAME.json of every layout."""
    for name, (layout, thread, states_links) in LAYOUTS.items():
        truth = [
            {
                "id": str(said.number),
                "parent": str(said.parent) if said.parent and states_links else None,
                "author": said.author,
                "time": said.stamp,
                "text": said.text,
            }
            for said in thread
        ]
        (folder / f"{name}.html").write_text(layout(thread), encoding="utf-8")
        (folder / f"{name}.json").write_text(
            json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make(FOLDER)
