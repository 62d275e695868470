"""What a run says of time: posts by day, month or year, and the stance towards targets in each."""

from discourse.scale.database import Database
from discourse.summary.clustered import ThreadSums
from discourse.summary.many import UNKNOWN, Period, StanceCell, StanceSeries

MOST_PERIODS = 400  # rows, whatever the times of a dump say


def periods(db: Database) -> tuple[Period, ...]:
    """Return posts and threads by period, in the order of time; those without a time at the end."""
    found = db.rows(
        f"""SELECT period, sum(posts)::BIGINT AS posts, sum(threads)::BIGINT AS threads FROM periods
        GROUP BY period ORDER BY period = '{UNKNOWN}', period LIMIT {MOST_PERIODS}"""
    )
    return tuple(Period(**row) for row in found)


def series(db: Database, most: int) -> tuple[StanceSeries, ...]:
    """Return the stance over time towards the targets on which most posts take a side.

    A post that says both for and against counts on either side.
    """
    sums = ", ".join(
        f"sum({name})::BIGINT AS {name}" for name in ("threads", "favor", "against", "nn", "yy", "yn")
    )
    found = db.rows(
        f"""WITH foremost AS (
          SELECT name, sum(favor + against) AS total FROM sided GROUP BY name ORDER BY total DESC, name
          LIMIT {most}),
        told AS (SELECT name, period, {sums} FROM stance_in SEMI JOIN foremost USING (name) GROUP BY ALL)
        SELECT coalesce(w.target, told.name) AS target, told.*
        FROM told JOIN foremost USING (name) LEFT JOIN written w USING (name)
        ORDER BY total DESC, told.name, period = '{UNKNOWN}', period"""
    )
    cells: dict[str, list[StanceCell]] = {}
    timeless: dict[str, int] = {}
    for row in found:
        favor, against = row["favor"], row["against"]
        sums_of = ThreadSums(row["threads"], favor + against, favor, row["nn"], row["yy"], row["yn"])
        told = cells.setdefault(row["target"], [])
        if row["period"] == UNKNOWN:
            timeless[row["target"]] = favor + against
        elif len(told) < MOST_PERIODS:
            told.append(StanceCell(row["period"], favor, against, sums_of))
    return tuple(StanceSeries(name, tuple(told), timeless.get(name, 0)) for name, told in cells.items())
