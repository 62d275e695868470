"""Fit the weights of `profiles/bare-names.toml`; run by hand from the root, about five minutes.

    python -m tests.ingest.fit_bare_names ../shared/data/threads/iac.jsonl.gz [--write]

Lays threads of the Internet Argument Corpus out bare, most of them with invented names, some with
glued times, blank lines, stray short lines, addressees who have no post, and quotations of parts of
lines. 1,000 threads train, 200 others measure. The second stage learns from first odds that were
made without the page at hand.
"""

import gzip
import json
import random
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from discourse.ingest.pasted.barelines import BareLine, read_bare
from discourse.ingest.pasted.cues import CUES, SECOND, cues, second_cues

TRAIN = 1000
PROFILE = Path("discourse/ingest/profiles/bare-names.toml")
FIRST = """Agnes Boris Carlo Dunja Edwin Fiona Gustav Helga Igor Jutta Klaus Lotte Mirko Nadia Oskar Paula
    Quentin Rosa Stefan Tanja Ulrich Valeria Walter Xenia Yann Zita Jürgen Søren Zoë Amélie Nguyen Yuki
    Hana Omar Layla Priya Arjun Chen Wei Ana Luis""".split()
WORDS = """river stone grey owl bread tower garden moss otter rain wind copper barn cloud bramble sparrow
    gravel pickle badger thistle anvil cobalt ember falcon juniper marble nettle pepper quill russet
    saffron timber velvet willow zephyr truth logic hope dusty lucky grumpy sleepy captain doctor""".split()
FIXED = """voter; reader; Anonymous; Guest; a reader; nobody; Anon; Me Again; not me; What Ever; just saying;
    Why Not; Common Sense; 山本花子; 匿名希望; きつね; Сергей; Ирина К; خالد; علي حسن; 李小龙""".replace(
    "\n   ", ""
).split("; ")
SHORT = """Nope.; Why?; Indeed.; Nah; Nah.; True; Exactly; Exactly!; No; Yes; Wrong; lol; LOL; Agreed; Agree;
    This; Sad; Pathetic; Nonsense; Click; no way; of course not; as if; Whatever; Who cares; And?;
    Because?; Source; sigh; Typical; Prove it; Good luck; Thank you; Bananas; Facts; Priceless; Not
    really; Unbelievable; Spot on; Well said; More lies; Same here; You first; Never; Two hours; half a
    mile; London; Congress; the budget""".replace("\n   ", "").split("; ")
MAKERS = (
    "{f}", "{f} {g}", "{f} {W}", "{w}", "{w}{n}", "{w}_{v}", "{W}{V}", "{W} {V} {f}", "the happy {w}",
    "{w} {v}",
    "{f0}.{g0}.{w}", "{f} {g0}.", "Mrs {W}", "Dr. {W}", "{n}{W}", "{f0}{g0}{W0}", "{w} 🌊", "{W}", "{fl}.{w}",
    "{W} & {V}", "{U}{n}", "{f}-{w}", "{f} {g} {W}", "{f} from {W}town", "{W}'s {V}",
)  # fmt: skip


def invent(r: random.Random) -> str:
    """Return a name of some style."""
    if r.random() < 0.08:
        return r.choice(FIXED)
    f, g, w, v = r.choice(FIRST), r.choice(FIRST), r.choice(WORDS), r.choice(WORDS)
    return r.choice(MAKERS).format(
        f=f, g=g, w=w, v=v, W=w.capitalize(), V=v.capitalize(), U=w.upper(), fl=f.lower(), f0=f[0], g0=g[0],
        W0=w[0].upper(), n=r.randrange(2, 2000),
    )  # fmt: skip


class Layout:
    """One thread laid out bare: its lines, and which of them are names."""

    def __init__(self, thread: dict[str, Any], others: Sequence[dict[str, Any]], r: random.Random) -> None:
        self.r, self.others = r, others
        self.lines: list[str] = []
        self.names: set[int] = set()
        self.renamed: dict[str, str] = {}
        self.invented, self.stamped, blank = r.random() < 0.7, r.random() < 0.35, r.random() < 0.15
        self.noise = r.choice([0.0, 0.05, 0.2])
        self.signing = 0.15 if r.random() < 0.02 else 0.0  # share of authors who sign with their name
        self.signers: dict[str, bool] = {}
        posts = thread["posts"][: r.randrange(8, 90)]
        by_id = {post["id"]: post for post in posts}
        if r.random() < 0.4:  # people answer several others in a row
            size = r.choice([3, 5, 8])
            parts = [posts[at : at + size] for at in range(0, len(posts), size)]
            posts = [post for part in parts for post in sorted(part, key=lambda post: post["author"])]
        for post in posts:
            if body := clean(post["text"]):
                self.add(post, by_id.get(post["parent"]), body)
                self.lines += [""] * blank

    def add(self, post: dict[str, Any], parent: dict[str, Any] | None, body: list[str]) -> None:
        r = self.r
        self.header(self.name(post["author"]))
        gone = False
        if parent is not None and r.random() < 0.7:
            gone = r.random() < 0.05
            other = r.choice(r.choice(self.others)["posts"])
            stranger = invent(r) if self.invented or r.random() < 0.5 else other["author"]
            self.header(self.stamp(stranger if gone else self.name(parent["author"])))
            parent = other if gone else parent
        if parent is not None and r.random() < (0.75 if gone else 0.4) and (said := clean(parent["text"])):
            at = r.randrange(len(said))
            body = [self.part(line) for line in said[at : at + r.randrange(1, 4)]] + body
        for place, share in ((r.randrange(len(body) + 1), 1.0), (len(body), 0.3), (0, 0.25)):
            if r.random() < self.noise * share:
                body.insert(place, r.choice(SHORT))
        if self.signers.setdefault(post["author"], r.random() < self.signing) and r.random() < 0.7:
            body.append(
                self.name(post["author"]) if r.random() < 0.6 else self.name(post["author"]).split()[0]
            )
        self.lines += [r.choice(SHORT)] if r.random() < self.noise / 2 else body

    def header(self, line: str) -> None:
        self.lines.append(line)
        self.names.add(len(self.lines))

    def stamp(self, name: str) -> str:
        if not self.stamped:
            return name
        r = self.r
        clock = f"{r.randrange(1, 12):02d}:{r.randrange(60):02d} {r.choice(['am', 'pm'])}"
        return f"{name}{r.choice(['Today', 'Yesterday'])} {clock} {r.choice(['JST', 'GMT', 'BST', 'EST'])}"

    def part(self, line: str) -> str:
        kind = self.r.random()
        if kind < 0.6:
            return line
        return (
            re.split(r"(?<=[.!?]) ", line)[0][:90].rstrip(".") if kind < 0.88 else " ".join(line.split()[:6])
        )

    def name(self, author: str) -> str:
        if not self.invented:
            return author
        while author not in self.renamed:
            made = invent(self.r)
            if made not in self.renamed.values():
                self.renamed[author] = made
        return self.renamed[author]


def clean(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


Page = tuple[list[BareLine], list[int], Any, Any]  # lines, places, first cues, which are names


def read_pages(path: Path, count: int) -> Iterator[Page]:
    r = random.Random(1)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        threads = [thread for line in file if len((thread := json.loads(line))["posts"]) >= 8]
    r.shuffle(threads)
    for thread in threads[:count]:
        laid = Layout(thread, threads[count:], r)
        lines = read_bare(laid.lines)
        places, rows = cues(lines)
        yield lines, places, rows, np.array([lines[place].number in laid.names for place in places])


def fit_first(pages: Sequence[Page]) -> LogisticRegression:
    rows, truth = np.vstack([page[2] for page in pages]), np.concatenate([page[3] for page in pages])
    return LogisticRegression(C=0.3, max_iter=3000).fit(rows, truth)


def whole(page: Page, model: LogisticRegression) -> Any:
    lines, places, rows, _ = page
    return np.hstack([rows, second_cues(lines, places, model.predict_proba(rows)[:, 1])])


def main() -> None:
    pages = list(read_pages(Path(sys.argv[1]), TRAIN + 200))
    train, test = pages[:TRAIN], pages[TRAIN:]
    first, halves = fit_first(train), (fit_first(train[TRAIN // 2 :]), fit_first(train[: TRAIN // 2]))
    rows = np.vstack([whole(page, halves[at >= TRAIN // 2]) for at, page in enumerate(train)])
    truth = np.concatenate([page[3] for page in train])
    scaler = StandardScaler().fit(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        second = MLPClassifier((16,), alpha=0.3, max_iter=60, random_state=1).fit(
            scaler.transform(rows), truth
        )
    wrong = [int((first.predict(page[2]) != page[3]).sum()) for page in test]
    left = [int((second.predict(scaler.transform(whole(page, first))) != page[3]).sum()) for page in test]
    names = sum(int(page[3].sum()) for page in test)
    sys.stdout.write(f"of {names} names in 200 pages: wrong {sum(wrong)} at first, {sum(left)} in the end\n")
    if "--write" in sys.argv:
        head = PROFILE.read_text(encoding="utf-8").split("[first]")[0]
        PROFILE.write_text(head + _toml(first, second, scaler), encoding="utf-8")


def _toml(first: LogisticRegression, second: MLPClassifier, scaler: StandardScaler) -> str:
    own = first.coef_[0].copy()
    own[0] += first.intercept_[0]
    hidden = (second.coefs_[0] / scaler.scale_[:, None]).T
    bias = second.intercepts_[0] - hidden @ scaler.mean_
    parts = [
        f"[first]\ncues = {_block(json.dumps(name) for name in CUES)}",
        f"weights = {_block(map(_short, own))}\n",
        f"[second]\ncues = {_block(json.dumps(name) for name in (*CUES, *SECOND))}",
        f"bias = {_block(map(_short, bias))}",
        f"out = {_block(map(_short, second.coefs_[1][:, 0]))}",
        f"out_bias = {_short(second.intercepts_[1][0])}",
        "hidden = [\n" + "".join(f"{_block(map(_short, unit))},\n" for unit in hidden) + "]\n",
    ]
    return "\n".join(parts)


def _short(value: float) -> str:
    return f"{value:.4g}"


def _block(values: Any) -> str:
    return "[\n    " + "\n    ".join(textwrap.wrap(", ".join(values) + ",", 104)) + "\n]"


if __name__ == "__main__":
    main()
