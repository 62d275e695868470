"""The order in which threads are worth reading: by loops, their turns, disagreement and evenness of sides."""

from discourse.scale.database import Database
from discourse.summary.many import Reading

MOST = 100
LEAST_DISAGREEMENTS = 3  # of a thread without a loop that is put in order

# Threads that are put in order, of a few parts; `even` of `of` turns are matched by one of the other side.
CANDIDATES = f"""
WITH sides AS (
  SELECT t.thread_id, t.loop_id, count(*) FILTER (t.side = 'a') AS a, count(*) FILTER (t.side = 'b') AS b
  FROM part_turns t SEMI JOIN part_loops_once l
    ON l.thread_id = t.thread_id AND l.loop_id = t.loop_id AND l.annotator = t.annotator
  GROUP BY ALL),
evened AS (
  SELECT thread_id, 2 * sum(least(a, b))::BIGINT AS even, sum(a + b)::BIGINT AS of FROM sides
  GROUP BY thread_id)
SELECT t.thread_id, t.posts, t.loops, t.turns, t.disagreements, t.first_position, e.even, e.of
FROM part_threads t LEFT JOIN evened e USING (thread_id)
WHERE t.loops > 0 OR t.disagreements >= {LEAST_DISAGREEMENTS}
"""
# Four orders of the same threads; threads that are alike in one share its place. The sum of the four places
# decides, then more turns, more posts, the earlier thread.
_ORDER = f"""
WITH placed AS (
  SELECT *, rank() OVER (ORDER BY loops DESC) AS by_loops, rank() OVER (ORDER BY turns DESC) AS by_turns,
    rank() OVER (ORDER BY disagreements DESC) AS by_disagreement,
    rank() OVER (ORDER BY coalesce(even / of, 0) DESC) AS by_evenness
  FROM candidates),
foremost AS (
  SELECT *, by_loops + by_turns + by_disagreement + by_evenness AS places FROM placed
  ORDER BY places, turns DESC, posts DESC, first_position, thread_id LIMIT {MOST})
SELECT f.*, t.title, t.first_time, t.authors, t.replies FROM foremost f JOIN threads t USING (thread_id)
ORDER BY f.places, f.turns DESC, f.posts DESC, f.first_position, f.thread_id
"""


def readings(db: Database) -> tuple[tuple[Reading, ...], int]:
    """Return the foremost threads, and how many were put in order."""
    rows = tuple(
        Reading(
            thread_id=row["thread_id"],
            title=row["title"] or "",
            since=(row["first_time"] or "")[:10],
            posts=row["posts"],
            authors=row["authors"],
            loops=row["loops"],
            turns=row["turns"],
            replies=row["replies"],
            disagreements=row["disagreements"],
            evenness=row["even"] / row["of"] if row["of"] else None,
            places=(row["by_loops"], row["by_turns"], row["by_disagreement"], row["by_evenness"]),
        )
        for row in db.rows(_ORDER)
    )
    return rows, int(db.row("SELECT count(*) AS n FROM candidates")["n"])
