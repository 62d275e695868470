"""A made-up run to review, and a client that asks as a browser on our own pages would."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.labels.journal import Journal, Noted, journal_path
from discourse.review.app import Review
from discourse.review.guard import Guard
from discourse.review.scene import scene_of
from discourse.review.serving import Wish, task_of
from discourse.tables import CONTRACT, Tables, frame_of
from tests.exchange.made_run import made_tables, store_run
from tests.review.asking import Answer, ask, form

HOST = "127.0.0.1:8000"
ORIGIN = f"http://{HOST}"
TOKEN, FORM_TOKEN = "the-token", "the-form-token"
FORM = "application/x-www-form-urlencoded"
HEADERS = {"host": HOST, "cookie": f"discourse_review_8000={TOKEN}"}
# nothing of the machine's, where the machine's labels must not be seen
GIVEAWAYS = (
    "hedges@4",
    "agreement@4",
    "model:comments@2",
    "stance@3",
    "loops@4",
    "0.63",
    "0.39",
    "dismissal”",
)


def tables_to_review() -> Tables:
    """Return the made-up run with a dispute, whose turns are the first and the second post."""
    loop = {
        "loop_id": "pier:l1",
        "annotator": "loops@4",
        "question": "How long was the pier shut?",
        "claim_a": "pier:c1",
        "claim_b": "pier:c2",
        "kind": "quantity",
        "state": "open",
        **{"turns": 2, "restatements": 1, "empty_restatements": 1},
        **{"first_post": "pier:1", "last_post": "pier:2", "score": 0.8},
    }
    turns = [
        {"loop_id": "pier:l1", "post_id": f"pier:{number}", "annotator": "loops@4", "turn": number}
        | {"author": "Wren", "side": side, "role": role, "is_empty": number == 2, "brought": None}
        | {"has_evidence": False, "novelty": 0.5, "start": 0, "end": 8}
        | {"brought_start": None, "brought_end": None}
        for number, side, role in ((1, "a", "assertion"), (2, "b", "restatement"))
    ]
    return made_tables().replace(
        loops=frame_of(CONTRACT["loops"], [loop]), turns=frame_of(CONTRACT["turns"], turns)
    )


def run_to_review(folder: Path) -> Path:
    """Write that run."""
    return store_run(folder, tables_to_review())


class Asker:
    """Asks a review as its own pages do, and looks into its journal."""

    def __init__(self, run: Path, **wish: Any) -> None:
        self.run = run
        self.task = task_of(run, Wish(**wish))
        self.review = Review(self.task, form_token=FORM_TOKEN)
        self.app = Guard(self.review.app(), port=8000, token=TOKEN, form_token=FORM_TOKEN)

    def get(self, path: str) -> Answer:
        return ask(self.app, "GET", path, HEADERS)

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Answer:
        ours = {"origin": ORIGIN, "x-review-form": FORM_TOKEN, "content-type": FORM}
        return ask(self.app, "POST", path, {**HEADERS, **ours, **headers}, form(fields))

    def act(self, number: int, action: str, coder: str = "ann", **fields: Any) -> Any:
        """Do something to a post; it must be answered with what was saved."""
        answer = self.post(f"/by/{coder}/posts/{number}/{action}", fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, number: int, action: str, coder: str = "ann", **fields: Any) -> str:
        """Do what must be refused, in one line and without a trace; return the line."""
        before = len(self.noted())
        answer = self.post(f"/by/{coder}/posts/{number}/{action}", fields)
        assert answer.status_code == 400, answer.text
        assert len(self.noted()) == before
        problem = answer.json()["problem"]
        assert problem
        assert "\n" not in problem
        return str(problem)

    def undo(self, coder: str = "ann", **fields: Any) -> Any:
        return self.post(f"/by/{coder}/undo", fields)

    def noted(self, **wanted: Any) -> list[Noted]:
        """Return what stands in the journal, read through a connection of its own."""
        with Journal(journal_path(self.run)) as journal:
            return list(journal.noted(**wanted))

    def values(self, number: int, coder: str = "ann") -> list[dict[str, Any]]:
        """Return what a coder decided on a post, each with its kind."""
        found = self.noted(post_id=f"pier:{number}", annotator=f"human:{coder}")
        return [{"kind": one.decision.kind, **one.decision.value} for one in found]

    def label_id(self, number: int, layer: str, label: str | None = None, coder: str = "ann") -> str:
        """Return what forms call a label that the coder sees."""
        from discourse.review.scene import label_id, own_row

        scene = scene_of(self.task, f"human:{coder}", number)
        rows = [*scene.labels, *(own_row(key, scene.coder) for key in scene.standing.labels)]
        return next(label_id(row) for row in rows if row["layer"] == layer and label in (None, row["label"]))
