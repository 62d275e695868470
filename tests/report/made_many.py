"""Made-up numbers of a run over many threads, with everything in them that its page must survive."""

from collections.abc import Sequence

from discourse.summary.clustered import ThreadSums
from discourse.summary.many import (
    UNKNOWN,
    Extent,
    Fault,
    Faults,
    LoopKind,
    ManyThreads,
    Period,
    Rate,
    Reading,
    StanceCell,
    StanceSeries,
    Target,
    Topic,
)
from tests.report.made_thread import HOSTILE_NAME, LONG_NAME, LONG_WORD, RTL_NAME, SCRIPT

WORDS = (
    "The mayor",
    HOSTILE_NAME,
    RTL_NAME,
    LONG_NAME,
    SCRIPT,
    LONG_WORD,
    "-rf $(reboot)",
    "a\nb\tc",
    "it's",
)
MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]


def made_many(words: Sequence[str] = WORDS) -> ManyThreads:
    """Return numbers in which every name, title, thread and problem is one of some strings."""
    return ManyThreads(
        extent=_extent(),
        unit="month",
        periods=(*(Period(m, 40 + 7919 * n % 90, 9) for n, m in enumerate(MONTHS)), Period(UNKNOWN, 12, 2)),
        rates=tuple(_rates(words)),
        targets=tuple(Target(word, 9 + n, 80, n, 12 + n, 30 - n % 30) for n, word in enumerate(words)),
        all_targets=len(words) + 3,
        kinds=(
            LoopKind("polarity", 7, 4, 61, 40, 22, {"open": 4, "conceded": 2, "third_party": 1}),
            LoopKind("quantity", 1, 1, 9, 5, 0, {"compromise": 1}),
        ),
        topics=tuple(Topic(word, "polarity", 3, 2, 21, 1, word) for word in words),
        all_topics=len(words) + 1,
        over_targets=tuple(Topic(word, "", 2, 1, 14, 2, word) for word in words),
        series=tuple(StanceSeries(word, _cells(n), n) for n, word in enumerate(words)),
        readings=tuple(_reading(n, word) for n, word in enumerate(words)),
        all_readings=len(words),
        faults=Faults(len(words) + 30, 4, tuple(Fault(word, word, word) for word in ("", *words))),
    )


def empty_many() -> ManyThreads:
    """Return the numbers of a run in which nothing was found."""
    none = Extent(0, 0, 0, 0, 0, "", "", 0, 0, 0, {}, {}, 0, 0, 0, 0, 0, 0)
    return ManyThreads(none, "day", (), (), (), 0, (), (), 0, (), (), (), 0, Faults(0, 0, ()))


def _extent() -> Extent:
    return Extent(
        posts=3210,
        threads=120,
        authors=777,
        nameless=31,
        replies=2900,
        since="2020-01-03",
        until="2022-12-30",
        timeless=12,
        longest=311,
        guessed=44,
        languages={"en": 3000, UNKNOWN: 150, **dict.fromkeys("de fr es it nl pl pt sv fi xx".split(), 5)},
        layers={"rhetoric": 2100, "reply": 1900, "quote": 400, "stance": 300, "claim": 80},
        claims=90,
        loops=8,
        turns=70,
        restatements=45,
        stances=210,
        camps=33,
    )


def _rates(words: Sequence[str]) -> list[Rate]:
    labels = ["hedge", "booster", *words]
    rates = [
        Rate(
            "rhetoric",
            label,
            900 // (n + 1),
            50,
            ThreadSums(120, 3150, 800 // (n + 1), 200_000, 9_000, 30_000),
        )
        for n, label in enumerate(labels)
    ]
    rates.append(Rate("rhetoric", "sarcasm", 3, 1, ThreadSums(1, 40, 3, 1600, 9, 120)))
    return rates + [
        Rate("reply", label, n, 40, ThreadSums(110, 2900, n, 180_000, n * 20, n * 50))
        for label, n in (("disagree", 800), ("neither", 700), ("agree", 400))
    ]


def _cells(number: int) -> tuple[StanceCell, ...]:
    cells = []
    for place, month in enumerate(MONTHS[number % 7 :: 1 + number % 3]):
        favor, against = (place * 5 + number) % 17, (place * 11 + 3) % 13
        total = favor + against
        cells.append(
            StanceCell(
                month,
                favor,
                against,
                ThreadSums(6, total, favor, total**2 // 3 + total, favor**2 // 3, favor * total // 3),
            )
        )
    return tuple(cells)


def _reading(number: int, word: str) -> Reading:
    return Reading(
        thread_id=word,
        title=word if number % 3 else "",
        since="2021-05-06" if number % 2 else "",
        posts=300 - number,
        authors=1 + number,
        loops=max(0, 4 - number),
        turns=max(0, 40 - 9 * number),
        replies=250,
        disagreements=90 - number,
        evenness=0.8 if number < 4 else None,
        places=(1 + number, 2 + number, 3 + number, 4 + number),
    )
