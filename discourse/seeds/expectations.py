"""What is expected of each document, checked one by one."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from discourse.errors import NoCommentsError
from discourse.ingest import read_source
from discourse.model import Loop
from discourse.pipeline import analyse
from discourse.seeds.gold import Comparison, Fact, read_gold
from discourse.seeds.manifest import Document, add_seeds, read_manifest, seed_folder

_LEAST_CLEAR = 0.9  # share of the clear stance cells that must be right
_LEAST_TURNS = 0.8  # F1 of a loop's turns from which it is the coded loop
_MANY_CELLS = 3  # authors of whom a stance was coded, clear or not, that make a target a main one


class Check(Struct, frozen=True):
    """One expectation of one document."""

    document: str
    expectation: str
    holds: bool
    found: str


def check_seeds(folder: Path) -> Iterator[Check]:
    """Analyse the documents in a folder and check what is expected of them.

    Raises
    ------
    DiscourseError
        Where a document is missing or is not the one of the manifest.
    """
    add_seeds(folder, folder)  # copies nothing: they are in place; checks every one
    for document in read_manifest():
        if document.expect == "no comments":
            yield _silent(document, folder / document.name)
        else:
            yield from check_page(folder / document.name, seed_folder() / (document.gold or ""))


def _silent(document: Document, path: Path) -> Check:
    try:
        found = len(read_source(path)["posts"])
        return Check(document.name, "holds no comment", False, f"{found} posts invented")
    except NoCommentsError as error:
        return Check(document.name, "holds no comment", True, error.problem)


def check_page(page: Path, gold: Path) -> Iterator[Check]:
    """Analyse a page and compare it with its gold, fact by fact."""
    beside = Comparison(read_gold(gold), analyse(read_source(page)))
    checks = [
        *_reading(beside),
        *_answering(beside),
        *_quoting(beside),
        *_looping(beside),
        *_standing(beside),
    ]
    yield from (Check(page.name, expectation, holds, found) for expectation, holds, found in checks)


Finding = tuple[str, bool, str]


def _reading(beside: Comparison) -> Iterator[Finding]:
    coded = beside.gold["posts"]
    source = beside.tables["sources"].iloc[0]
    yield "all posts found", len(beside.posts) == len(coded), f"{len(beside.posts)} of {len(coded)}"
    if beside.gold["stated_count"] is not None:
        stated = source["stated_count"]
        yield "the page's own count is read", stated == beside.gold["stated_count"], f"{stated}"
    wrong = beside.wrong_headers()
    yield "first line, author, addressee and extent of each post", not wrong, _listed(wrong)


def _answering(beside: Comparison) -> Iterator[Finding]:
    wrong = beside.wrong_links(("addressee", "quote", "layout"))
    yield "every reply that names or quotes its target leads to it", not wrong, _listed(wrong)
    ghosts = beside.trusted_ghosts()
    yield "answers to posts that are gone are unlinked or doubted", not ghosts, _listed(ghosts)
    dated = {fact["reply_to"] for fact, _ in beside.pairs() if fact["time_of_target"]} - {None}
    undated = [
        f["position"] for f, post in beside.pairs() if f["position"] in dated and post.timestamp is None
    ]
    yield "posts whose time an answer tells are dated", not undated, _listed(undated)


def _quoting(beside: Comparison) -> Iterator[Finding]:
    coded, found = beside.quote_lines()
    missed, extra = sorted(coded - found), sorted(found - coded)
    words = f"{len(coded & found)} of {len(coded)} lines; missed {missed}, beyond them {extra}"
    yield "quoted lines are found, and no others", not missed and not extra, words


def _looping(beside: Comparison) -> Iterator[Finding]:
    matched = beside.loops()
    for fact in beside.gold["loops"]:
        if fact["certainty"] == "sure" and "quantity" in fact["kind"]:
            yield _quantity(beside, fact)
    stray = [
        loop.question
        for loop, fact, score in matched
        if fact is None or fact["certainty"] == "near" or score < _LEAST_TURNS / 2
    ]
    yield (
        "no loop comes out that is none by the codebook",
        not stray,
        "; ".join(stray) or f"{len(matched)} loops",
    )


def _quantity(beside: Comparison, fact: Fact) -> Finding:
    about = f"one quantity loop: {fact['question']}"
    mine = [
        (loop, score) for loop, coded, score in beside.loops() if coded is fact and loop.kind == "quantity"
    ]
    if len(mine) != 1:
        return about, False, f"{len(mine)} found"
    loop, score = mine[0]
    holds = score >= _LEAST_TURNS and loop.state in fact["state"] and _same_sides(beside, loop, fact)
    return about, holds, f"{loop.question} turns F1 {score:.2f}, {loop.state}"


def _same_sides(beside: Comparison, loop: Loop, fact: Fact) -> bool:
    names = beside.names()
    sure = [{names.get(a, "") for a in side["authors"]} for side in fact["sides"]]
    maybe = [{names.get(a, "") for a in side["maybe_authors"]} for side in fact["sides"]]
    a, b = beside.sides(loop)
    return any(
        sure[0] <= one <= sure[0] | maybe[0] and sure[1] <= other <= sure[1] | maybe[1]
        for one, other in ((a, b), (b, a))
    )


def _standing(beside: Comparison) -> Iterator[Finding]:
    cells = list(beside.stance_cells())
    counts = [cell["target"] for cell in beside.gold["author_stance"]]
    known = [target for target in beside.gold["targets"] if counts.count(target) >= _MANY_CELLS]
    main = sorted(known)
    missing = beside.missing_targets(main)
    yield f"main targets are found: {', '.join(main)}", not missing, _listed(missing)
    right = sum(coded == found for _, _, coded, found in cells)
    turned = [f"{a} on {t}" for a, t, coded, found in cells if {coded, found} == {"favor", "against"}]
    wrong = [f"{t}: {found} for {coded}" for _, t, coded, found in cells if coded != found]
    holds = not cells or (right >= _LEAST_CLEAR * len(cells) and not turned)
    words = f"{right} of {len(cells)}, {len(turned)} turned round; {', '.join(wrong)}"
    yield "author by target, all clear cells", holds, words.rstrip("; ")


def _listed(items: list[int] | list[str]) -> str:
    return "all" if not items else f"not {', '.join(map(str, items))}"
