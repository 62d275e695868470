"""The numbers of a run over many threads: queries over its parts, whole numbers out, in bounded memory.

Everything that is added up is a whole number, and every list has an order that leaves no ties, so that
neither the number of workers nor the order of rows or parts shows in what comes out.
"""

from collections.abc import Iterator
from typing import Any

from discourse.scale.database import Database, literal
from discourse.scale.gathering import gather
from discourse.scale.over_time import periods, series
from discourse.scale.worth_reading import readings
from discourse.summary.clustered import ThreadSums
from discourse.summary.facts import GUESS_BELOW, STATED
from discourse.summary.many import Claimed, Extent, Fault, Faults, LoopKind, ManyThreads, Rate, Target, Topic
from discourse.text.gone import GONE

MOST_TARGETS, MOST_TOPICS, MOST_FAULTS, MOST_OVER_TARGETS = 200, 200, 50, 100
SERIES = 9  # targets whose stance is told over time


def across(db: Database) -> ManyThreads:
    """Count what is told of all threads together; of long lists the first rows."""
    unit = gather(db)
    # a target is shown as it is written most often
    db.keep(
        "written",
        "SELECT name, target FROM spelled GROUP BY name, target "
        "QUALIFY row_number() OVER (PARTITION BY name ORDER BY sum(mentions) DESC, target) = 1",
    )
    read, all_read = readings(db)
    return ManyThreads(
        extent=_extent(db),
        unit=unit,
        periods=periods(db),
        rates=tuple(_rates(db)),
        targets=_targets(db),
        all_targets=_number(db, "SELECT count(*) FROM written"),
        claimed=_claimed(db),
        all_claimed=_number(db, "SELECT count(DISTINCT topic) FROM claimed"),
        kinds=tuple(_kinds(db)),
        topics=_topics(db, "SELECT topic, kind, thread_id, turns, state FROM loops_once", MOST_TOPICS),
        all_topics=_number(db, "SELECT count(*) FROM (SELECT DISTINCT topic, kind FROM loops_once)"),
        over_targets=_topics(
            db,
            "SELECT coalesce(w.target, l.name) AS topic, '' AS kind, l.thread_id, l.turns, l.state "
            "FROM loop_targets l LEFT JOIN written w USING (name)",
            MOST_OVER_TARGETS,
        ),
        series=series(db, SERIES),
        readings=read,
        all_readings=all_read,
        faults=_faults(db),
    )


def _number(db: Database, sql: str) -> int:
    (value,) = db.row(sql).values()
    return int(value or 0)


def _extent(db: Database) -> Extent:
    gone = ", ".join(map(literal, sorted(GONE)))
    stated = ", ".join(map(literal, STATED))
    posts = db.row(
        f"""SELECT count(*) AS posts, count(*) FILTER (lower(trim(author)) IN ({gone})) AS nameless,
        coalesce(left(min("timestamp"), 10), '') AS since, coalesce(left(max("timestamp"), 10), '') AS until,
        count(*) FILTER ("timestamp" IS NULL) AS timeless,
        count(*) FILTER (reply_to IS NOT NULL AND reply_evidence <> 'none'
          AND (reply_evidence NOT IN ({stated}) OR coalesce(reply_score, 1) < {GUESS_BELOW})) AS guessed
        FROM posts"""
    )
    threads = db.row(
        "SELECT count(*) AS threads, coalesce(sum(replies), 0)::BIGINT AS replies, "
        "coalesce(max(posts), 0) AS longest FROM threads"
    )
    loops = db.row(
        "SELECT count(*) AS loops, coalesce(sum(turns), 0)::BIGINT AS turns, "
        "coalesce(sum(restatements), 0)::BIGINT AS restatements FROM loops_once"
    )
    names = f"SELECT author FROM posts WHERE lower(trim(author)) NOT IN ({gone}) GROUP BY author"
    counts: dict[str, dict[str, int]] = {}
    for row in db.rows(
        "SELECT what, of, sum(n)::BIGINT AS n FROM counts GROUP BY ALL ORDER BY what, n DESC, of"
    ):
        counts.setdefault(row["what"], {})[row["of"]] = row["n"]
    return Extent(
        **posts,
        **threads,
        **loops,
        authors=_number(db, f"SELECT count(*) FROM ({names})"),
        languages=counts.get("languages", {}),
        layers=counts.get("layers", {}),
        claims=sum(counts.get("claims", {}).values()),
        stances=sum(counts.get("stances", {}).values()),
        camps=sum(counts.get("camps", {}).values()),
    )


def _rates(db: Database) -> Iterator[Rate]:
    """Yield rhetoric markers among posts that their makers can read, then answers among posts that answer."""
    names = ("hearing", "heard", "heard_squared", "answering", "answers", "answers_squared")
    whole = db.row(f"SELECT {', '.join(f'coalesce(sum({n}), 0)::BIGINT AS {n}' for n in names)} FROM sizes")
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in ("labels", "bearing", "y", "yy", "yn"))
    found = db.rows(f"SELECT layer, label, {sums} FROM rated GROUP BY ALL ORDER BY layer DESC, y DESC, label")
    for row in found:
        threads, posts, squares = (whole[n] for n in (names[:3] if row["layer"] == "rhetoric" else names[3:]))
        of = ThreadSums(threads, posts, row["y"], squares, row["yy"], row["yn"])
        yield Rate(row["layer"], row["label"], row["labels"], row["bearing"], of)


def _targets(db: Database) -> tuple[Target, ...]:
    """Return targets, those first on which most threads hold both sides."""
    found = db.rows(
        f"""WITH names AS (
          SELECT name, sum(threads)::BIGINT AS threads, sum(mentions)::BIGINT AS mentions FROM named
          GROUP BY name),
        sides AS (
          SELECT name, sum(contested)::BIGINT AS contested, sum(favor)::BIGINT AS favor,
            sum(against)::BIGINT AS against FROM sided GROUP BY name)
        SELECT target, threads, mentions, coalesce(contested, 0) AS contested, coalesce(favor, 0) AS favor,
          coalesce(against, 0) AS against
        FROM names JOIN written USING (name) LEFT JOIN sides USING (name)
        ORDER BY coalesce(contested, 0) DESC, coalesce(favor + against, 0) DESC, threads DESC, mentions DESC,
          name LIMIT {MOST_TARGETS}"""
    )
    return tuple(Target(**row) for row in found)


def _claimed(db: Database) -> tuple[Claimed, ...]:
    names = ("threads", "claims", "asserted", "denied")
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in names)
    found = db.rows(
        f"""SELECT * FROM (SELECT topic, {sums} FROM claimed GROUP BY topic)
        ORDER BY threads DESC, asserted + denied DESC, claims DESC, topic LIMIT {MOST_TOPICS}"""
    )
    return tuple(Claimed(**row) for row in found)


def _kinds(db: Database) -> Iterator[LoopKind]:
    states: dict[str, dict[str, int]] = {}
    told = "SELECT kind, state, count(*) AS n FROM loops_once GROUP BY ALL ORDER BY kind, n DESC, state"
    for row in db.rows(told):
        states.setdefault(row["kind"], {})[row["state"]] = row["n"]
    found = db.rows(
        """SELECT kind, count(*) AS loops, count(DISTINCT thread_id) AS threads, sum(turns)::BIGINT AS turns,
        sum(restatements)::BIGINT AS restatements, sum(empty_restatements)::BIGINT AS empty
        FROM loops_once GROUP BY kind ORDER BY loops DESC, kind"""
    )
    for row in found:
        yield LoopKind(**row, states=states[row["kind"]])


def _topics(db: Database, loops: str, most: int) -> tuple[Topic, ...]:
    """Return what most threads dispute over, with the thread that has most turns of it."""
    found = db.rows(
        f"""WITH of_thread AS (
          SELECT topic, kind, thread_id, count(*) AS loops, sum(turns)::BIGINT AS turns,
            count(*) FILTER (state = 'open') AS open FROM ({loops}) GROUP BY ALL)
        SELECT topic, kind, sum(loops)::BIGINT AS loops, count(*) AS threads, sum(turns)::BIGINT AS turns,
          sum(open)::BIGINT AS open, arg_min(thread_id, (-of_thread.turns, thread_id)) AS thread_id
        FROM of_thread GROUP BY topic, kind
        ORDER BY threads DESC, loops DESC, turns DESC, topic, kind LIMIT {most}"""
    )
    return tuple(Topic(**row) for row in found)


def _faults(db: Database) -> Faults:
    counts: dict[str, Any] = db.row(
        "SELECT count(*) AS rows, count(DISTINCT nullif(thread_id, '')) AS threads FROM faults"
    )
    first = db.rows(
        f"""SELECT coalesce(f.thread_id, '') AS thread_id, f.stage, f.problem FROM faults f
        LEFT JOIN threads t ON f.thread_id = t.thread_id
        ORDER BY t.first_position NULLS FIRST, f.thread_id, f.stage, f.item_id, f.problem
        LIMIT {MOST_FAULTS}"""
    )
    return Faults(**counts, first=tuple(Fault(**row) for row in first))
