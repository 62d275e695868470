"""Compare readings of the coded pages with their gold, for the README; run by hand, from the repository root.

    python tests/evaluation/measure_pages.py [FOLDER OF THE DOCUMENTS]

The sample pages are always measured, document 004 where its folder is given.
"""

import sys
from pathlib import Path

from discourse.ingest import read_source
from discourse.pipeline import analyse
from discourse.seeds.gold import Comparison, Fact, read_gold
from discourse.seeds.manifest import read_manifest, seed_folder

SAMPLES = sorted(Path("seeds/samples").glob("*.txt"))
NAMED = ("addressee", "quote", "layout")


def compare(page: Path, gold: Path) -> Comparison:
    return Comparison(read_gold(gold), analyse(read_source(page)))


def measure(beside: Comparison) -> dict[str, tuple[int, int]]:
    """Return for each question how many are right, of how many."""
    posts: list[Fact] = beside.gold["posts"]
    named = [post for post in posts if post["reply_basis"] in NAMED and not post["target_gone"]]
    coded, found = beside.quote_lines()
    rows = beside.tables["annotations"]
    labels = dict(rows.loc[rows["layer"] == "reply", ["post_id", "label"]].itertuples(index=False))
    answers = [(fact["reply"], labels.get(post.post_id)) for fact, post in beside.pairs() if fact["reply"]]
    loops = beside.loops()
    sure = [fact for fact in beside.gold["loops"] if fact["certainty"] == "sure"]
    cells = [(coded, found) for _, _, coded, found in beside.stance_cells()]
    return {
        "posts with author, person answered and extent": (
            len(posts) - len(beside.wrong_headers()),
            len(posts),
        ),
        "replies that name or quote whom they answer": (
            len(named) - len(beside.wrong_links(NAMED)),
            len(named),
        ),
        "quoted lines found": (len(coded & found), len(coded)),
        "lines taken for quoted that are": (len(coded & found), len(found)),
        "answers: agree, disagree or neither": (sum(one == other for one, other in answers), len(answers)),
        "author's stance, cells that both coders find clear": (sum(c == f for c, f in cells), len(cells)),
        "the same, turned into its opposite": (
            sum({c, f} == {"favor", "against"} for c, f in cells),
            len(cells),
        ),
        "loops of both coders found": (sum(any(f is fact for _, f, _ in loops) for fact in sure), len(sure)),
        "loops found that are of both coders": (
            sum(fact is not None and fact["certainty"] == "sure" for _, fact, _ in loops),
            len(loops),
        ),
    }


def added(results: list[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    return {
        name: (sum(result[name][0] for result in results), sum(result[name][1] for result in results))
        for name in results[0]
    }


if __name__ == "__main__":
    columns = [added([measure(compare(page, page.with_suffix(".gold.json"))) for page in SAMPLES])]
    if len(sys.argv) > 1:
        coded = [document for document in read_manifest() if document.gold]
        folder = Path(sys.argv[1])
        columns.append(added([measure(compare(folder / d.name, seed_folder() / str(d.gold))) for d in coded]))
    for name in columns[0]:
        print(f"| {name} |", *(f"{column[name][0]} of {column[name][1]} |" for column in columns))
