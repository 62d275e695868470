"""Counting part by part: a part holds whole threads, so that sums over its threads are added up at the end.

Each table here is made of a few parts at a time (`part_posts` and its like are these alone) and holds rows
that are few beside the posts; what is read of them later sums them up. All of it is whole numbers and texts.
"""

from discourse.scale.database import Database
from discourse.scale.worth_reading import CANDIDATES

ENGLISH_OR_UNTOLD = "(lang IS NULL OR lang = 'en')"
LENGTHS = {"day": 10, "month": 7, "year": 4}  # of what such a period is called
UNTOLD = "unknown"
_MOST_DAYS, _MOST_MONTHS = 45, 180  # that are told one by one


def gather(db: Database) -> str:
    """Count everything that is counted by thread; return the unit of periods: day, month or year."""
    unit = _unit_of(db)
    length = str(LENGTHS[unit])
    db.gather(
        {name: sql.replace("$LENGTH", length) for name, sql in _TABLES.items()},
        {name: sql.replace("$LENGTH", length) for name, sql in _HELPERS.items()},
    )
    return unit


def _unit_of(db: Database) -> str:
    """Return in which periods a run is told: days of a few weeks, months, or years of many."""
    sql = """SELECT count(DISTINCT left("timestamp", {})) AS n FROM posts"""
    if db.row(sql.format(10))["n"] <= _MOST_DAYS:
        return "day"
    return "month" if db.row(sql.format(7))["n"] <= _MOST_MONTHS else "year"


# one row for each loop: a person's before a machine's, else the first by name
LOOPS_ONCE = """
SELECT l.thread_id, l.loop_id, l.annotator, l.kind, l.state, l.turns, l.restatements, l.empty_restatements,
  l.first_post, coalesce(nullif(lower(trim(a.attribute)), ''), nullif(lower(trim(b.attribute)), ''),
    trim(l.question)) AS topic
FROM (SELECT * FROM part_loops QUALIFY row_number() OVER (
    PARTITION BY thread_id, loop_id ORDER BY NOT starts_with(annotator, 'human:'), annotator) = 1) l
LEFT JOIN (SELECT thread_id, claim_id, min(attribute) AS attribute FROM part_claims GROUP BY ALL) a
  ON a.thread_id = l.thread_id AND a.claim_id = l.claim_a
LEFT JOIN (SELECT thread_id, claim_id, min(attribute) AS attribute FROM part_claims GROUP BY ALL) b
  ON b.thread_id = l.thread_id AND b.claim_id = l.claim_b"""
# what several tables are made of; made anew for each batch of parts
_HELPERS = {
    "part_sizes": f"""
SELECT thread_id, count(*) AS posts, count(*) FILTER (WHERE {ENGLISH_OR_UNTOLD}) AS heard,
  count(*) FILTER (WHERE reply_to IS NOT NULL AND reply_evidence <> 'none') AS answers
FROM part_posts GROUP BY thread_id""",
    "part_loops_once": LOOPS_ONCE,
    # each post that takes a side on a target, once; a target is one whether written great or small
    "part_taken": f"""
SELECT a.thread_id, a.post_id, lower(trim(a.target)) AS name,
  coalesce(left(any_value(p."timestamp"), $LENGTH), '{UNTOLD}') AS period,
  bool_or(a.label = 'favor') AS favor, bool_or(a.label = 'against') AS against
FROM part_annotations a JOIN part_posts p ON a.post_id = p.post_id AND a.thread_id = p.thread_id
WHERE a.layer = 'stance' AND a.label IN ('favor', 'against') AND a.target IS NOT NULL AND trim(a.target) <> ''
GROUP BY a.thread_id, a.post_id, lower(trim(a.target))""",
}
_SIDED = (
    "SELECT DISTINCT thread_id, author, target FROM part_stances WHERE label IN ('favor', 'against', 'mixed')"
)
_OF_CLAIMS = "SELECT DISTINCT thread_id, claim_id AS target FROM part_claims"
_RATED = " UNION ALL ".join(
    f"""SELECT layer, label, sum(labels)::BIGINT AS labels, count(*) AS bearing, sum(y)::BIGINT AS y,
  sum(y * y)::BIGINT AS yy, sum(y * {size})::BIGINT AS yn
FROM marked JOIN part_sizes USING (thread_id) WHERE layer = '{layer}' GROUP BY layer, label"""
    for layer, size in (("rhetoric", "heard"), ("reply", "answers"))
)
_TABLES = {
    "sizes": """
SELECT count(*) AS threads, sum(posts)::BIGINT AS posts, count(*) FILTER (WHERE heard > 0) AS hearing,
  sum(heard)::BIGINT AS heard, sum(heard * heard)::BIGINT AS heard_squared,
  count(*) FILTER (WHERE answers > 0) AS answering, sum(answers)::BIGINT AS answers,
  sum(answers * answers)::BIGINT AS answers_squared
FROM part_sizes""",
    "counts": f"""
SELECT 'languages' AS what, coalesce(lang, '{UNTOLD}') AS of, count(*) AS n FROM part_posts GROUP BY ALL
UNION ALL SELECT 'layers', layer, count(*) FROM part_annotations GROUP BY ALL
UNION ALL SELECT 'claims', '', count(*) FROM (SELECT DISTINCT thread_id, claim_id FROM part_claims)
UNION ALL SELECT 'camps', '', count(*) FROM (SELECT DISTINCT thread_id, author FROM part_camps)
UNION ALL SELECT 'stances', '', count(*) FROM ({_SIDED}) s
  ANTI JOIN ({_OF_CLAIMS}) c USING (thread_id, target)""",
    "periods": f"""
SELECT period, sum(posts)::BIGINT AS posts, count(*) AS threads FROM (
  SELECT coalesce(left("timestamp", $LENGTH), '{UNTOLD}') AS period, thread_id, count(*) AS posts
  FROM part_posts GROUP BY ALL) GROUP BY period""",
    "rated": f"""
WITH marked AS (
  SELECT thread_id, layer, label, count(*) AS y, sum(rows)::BIGINT AS labels FROM (
    SELECT thread_id, layer, label, post_id, count(*) AS rows FROM part_annotations
    WHERE layer IN ('rhetoric', 'reply') GROUP BY ALL) GROUP BY ALL)
{_RATED}""",
    "spelled": """
SELECT lower(trim(target)) AS name, target, sum(mentions)::BIGINT AS mentions
FROM part_targets WHERE trim(target) <> '' GROUP BY ALL""",
    "named": """
SELECT lower(trim(target)) AS name, count(DISTINCT thread_id) AS threads, sum(mentions)::BIGINT AS mentions
FROM part_targets WHERE trim(target) <> '' GROUP BY ALL""",
    "sided": """
SELECT name, count(*) FILTER (favor > 0 AND against > 0) AS contested, sum(favor)::BIGINT AS favor,
  sum(against)::BIGINT AS against
FROM (SELECT name, thread_id, count(*) FILTER (favor) AS favor, count(*) FILTER (against) AS against
  FROM part_taken GROUP BY ALL) GROUP BY name""",
    "stance_in": """
SELECT name, period, count(*) AS threads, sum(favor)::BIGINT AS favor, sum(against)::BIGINT AS against,
  sum((favor + against) * (favor + against))::BIGINT AS nn, sum(favor * favor)::BIGINT AS yy,
  sum(favor * (favor + against))::BIGINT AS yn
FROM (SELECT name, period, thread_id, count(*) FILTER (favor) AS favor, count(*) FILTER (against) AS against
  FROM part_taken GROUP BY ALL) GROUP BY ALL""",
    "claimed": """
SELECT lower(trim(attribute)) AS topic, count(DISTINCT thread_id) AS threads, count(*) AS claims,
  coalesce(sum(asserted), 0)::BIGINT AS asserted, coalesce(sum(denied), 0)::BIGINT AS denied
FROM (SELECT thread_id, claim_id, min(attribute) AS attribute FROM part_claims GROUP BY ALL)
LEFT JOIN (
  SELECT thread_id, target AS claim_id, count(DISTINCT post_id) FILTER (label = 'asserts') AS asserted,
    count(DISTINCT post_id) FILTER (label = 'denies') AS denied
  FROM part_annotations WHERE layer = 'claim' GROUP BY ALL) USING (thread_id, claim_id)
WHERE trim(attribute) <> '' GROUP BY ALL""",
    "loops_once": "FROM part_loops_once",
    # targets on which turns of a loop take a side
    "loop_targets": """
SELECT DISTINCT k.name, l.thread_id, l.loop_id, l.turns, l.state
FROM part_loops_once l JOIN part_turns t ON t.thread_id = l.thread_id AND t.loop_id = l.loop_id
JOIN part_taken k ON k.thread_id = t.thread_id AND k.post_id = t.post_id""",
    "candidates": CANDIDATES,
}
