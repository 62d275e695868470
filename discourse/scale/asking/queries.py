"""Questions as queries: counted part by part, added up at the end, every row in its place.

All names in these queries are ours; what a user gives stands in them as a literal.
"""

from collections.abc import Iterable, Sequence

from discourse.scale.asking.question import OF_LABELS, OF_LOOPS, OF_POSTS, Question
from discourse.scale.database import Database, literal
from discourse.scale.gathering import LENGTHS, LOOPS_ONCE
from discourse.summary.many import UNKNOWN
from discourse.text.gone import GONE

# what is needed for the interval of a share, and does not leave this program
SUMS = ("_threads", "_hits", "_posts", "_posts_squared", "_hits_squared", "_products")
_NAMED = f"lower(trim(author)) NOT IN ({', '.join(map(literal, sorted(GONE)))})"


def count(db: Database, question: Question) -> str:
    """Count what a checked question asks for; return the query that reads the answer."""
    return {"posts": _posts, "labels": _labels, "loops": _loops, "threads": _threads}[question.counted](
        db, question
    )


def _dimension(name: str, time: str = '"timestamp"') -> str:
    """Return what a dimension is of a row, as SQL; never null."""
    if name in LENGTHS:
        return f"coalesce(left({time}, {LENGTHS[name]}), '{UNKNOWN}')"
    if name == "week":
        return f"coalesce(strftime(try_cast(left({time}, 10) AS DATE), '%G-W%V'), '{UNKNOWN}')"
    columns = {"thread": "thread_id", "maker": "annotator", "lang": f"coalesce(lang, '{UNKNOWN}')"}
    return columns.get(name, f"coalesce({name}, '')")


def _selected(names: Iterable[str], time: str = '"timestamp"') -> str:
    return "".join(f"{_dimension(name, time)} AS d_{name}, " for name in names)


def _kept(names: Iterable[str]) -> str:
    return "".join(f"d_{name}, " for name in names)


def _among(column: str, values: Sequence[str]) -> list[str]:
    return [f"{column} IN ({', '.join(map(literal, values))})"] if values else []


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _of_time(question: Question, time: str) -> list[str]:
    # a day, month or year is compared with as much of the time as it has
    since = [f"left({time}, {len(question.since)}) >= {literal(question.since)}"] if question.since else []
    until = [f"left({time}, {len(question.until)}) <= {literal(question.until)}"] if question.until else []
    return since + until


def _of_posts(question: Question, time: str = '"timestamp"') -> list[str]:
    return [
        *_of_time(question, time),
        *_among("thread_id", question.threads),
        *_among(f"coalesce(lang, '{UNKNOWN}')", question.langs),
    ]


def _ordered(question: Question, counted: str) -> str:
    """Order rows with no tie left, those without a time at the end."""
    names = [
        part
        for name in question.by
        for part in ([f"{name} = '{UNKNOWN}'", name] if name in OF_POSTS else [name])
    ]
    order = [*([f"{counted} DESC"] if question.order == "count" else []), *names]
    limit = f" LIMIT {question.limit}" if question.limit is not None else ""
    return (f" ORDER BY {', '.join(order)}" if order else "") + limit


def _given(question: Question) -> str:
    return "".join(f"d_{name} AS {name}, " for name in question.by)


def _joined(by: Sequence[str]) -> str:
    """Join the numbers of authors to rows that are one a group, by the same dimensions."""
    return f"USING ({', '.join(f'd_{name}' for name in by)})" if by else "ON true"


def _sums(names: Iterable[str]) -> str:
    """Add up numbers; of nothing they are 0."""
    return ", ".join(f"coalesce(sum({name}), 0)::BIGINT AS {name}" for name in names)


def _authors(by: Sequence[str]) -> str:
    """Return how many names each group has, as a query over `q_names`."""
    own = _kept(by)
    return (
        f"SELECT {own} count(*) AS authors FROM (SELECT {own} author FROM q_names GROUP BY ALL) GROUP BY ALL"
    )


def _posts(db: Database, question: Question) -> str:
    own = _kept(question.by)
    helpers = {
        "q_posts": f"""SELECT {_selected(question.by)} thread_id, author FROM part_posts
        {_where(_of_posts(question))}""",
    }
    tables = {
        "q_counts": f"""SELECT {own} sum(n)::BIGINT AS posts, count(*) AS threads FROM (
          SELECT {own} thread_id, count(*) AS n FROM q_posts GROUP BY ALL) GROUP BY ALL""",
        "q_names": f"SELECT DISTINCT {own} author FROM q_posts WHERE {_NAMED}",
    }
    db.gather(tables, helpers)
    return f"""WITH c AS (SELECT {own} {_sums(("posts", "threads"))} FROM q_counts GROUP BY ALL),
    a AS ({_authors(question.by)})
    SELECT {_given(question)} posts, threads, coalesce(authors, 0) AS authors
    FROM c LEFT JOIN a {_joined(question.by)} {_ordered(question, "posts")}"""


def _labels(db: Database, question: Question) -> str:
    by, of_posts = question.by, [name for name in question.by if name in OF_POSTS]
    of_labels = [name for name in by if name in OF_LABELS]
    chosen = [
        *_among("layer", question.layers),
        *_among("label", question.labels),
        *_among("lower(trim(target))", [target.strip().lower() for target in question.targets]),
        *_among("annotator", question.makers),
        *_among("thread_id", question.threads),
    ]
    own, pown = _kept(by), _kept(of_posts)
    helpers = {
        "q_posts": f"""SELECT {_selected(of_posts)} thread_id, post_id, author FROM part_posts
        {_where(_of_posts(question))}""",
        "q_sizes": f"SELECT {pown} thread_id, count(*) AS n FROM q_posts GROUP BY ALL",
        # two makers that say the same of the same words count once
        "q_marks": f"""SELECT {_selected(of_labels)} thread_id, post_id FROM part_annotations {_where(chosen)}
        GROUP BY {_kept(of_labels)} thread_id, post_id, "start", "end", layer, label, target""",
        "q_bearing": f"""SELECT {own} thread_id, post_id, any_value(author) AS author, count(*) AS labels
        FROM q_marks JOIN q_posts USING (thread_id, post_id) GROUP BY ALL""",
    }
    tables = {
        "q_sums": f"""SELECT {pown} count(*) AS k, sum(n)::BIGINT AS n, sum(n * n)::BIGINT AS nn FROM q_sizes
        GROUP BY ALL""",
        "q_counts": f"""SELECT {own} sum(labels)::BIGINT AS labels, count(*) AS threads, sum(y)::BIGINT AS y,
          sum(y * y)::BIGINT AS yy, sum(y * n)::BIGINT AS yn
        FROM (
          SELECT {own} thread_id, sum(labels)::BIGINT AS labels, count(*) AS y FROM q_bearing GROUP BY ALL)
        JOIN q_sizes USING ({pown} thread_id) GROUP BY ALL""",
        "q_names": f"SELECT DISTINCT {own} author FROM q_bearing WHERE {_NAMED}",
    }
    db.gather(tables, helpers)
    counts = _sums(("labels", "threads", "y", "yy", "yn"))
    return f"""WITH c AS (SELECT {own} {counts} FROM q_counts GROUP BY ALL),
    p AS (SELECT {pown} {_sums(("k", "n", "nn"))} FROM q_sums GROUP BY ALL), a AS ({_authors(by)})
    SELECT {_given(question)} c.labels, c.y AS posts, c.threads, coalesce(authors, 0) AS authors,
      p.n AS of_posts, p.k AS _threads, c.y AS _hits, p.n AS _posts, p.nn AS _posts_squared,
      c.yy AS _hits_squared, c.yn AS _products
    FROM c JOIN p {_joined(of_posts)} LEFT JOIN a {_joined(by)} {_ordered(question, "labels")}"""


def _loops(db: Database, question: Question) -> str:
    own, time = _kept(question.by), 'p."timestamp"'
    named = {"thread": "l.thread_id", **{name: f"l.{name}" for name in OF_LOOPS}}
    told = "".join(f"{named.get(name) or _dimension(name, time)} AS d_{name}, " for name in question.by)
    chosen = [
        *_of_time(question, time),
        *_among("l.thread_id", question.threads),
        *_among("l.kind", question.kinds),
        *_among("l.state", question.states),
    ]
    helpers = {
        "part_loops_once": LOOPS_ONCE,
        "q_loops": f"""SELECT {told} l.thread_id, l.turns, l.restatements, l.empty_restatements
        FROM part_loops_once l LEFT JOIN (SELECT thread_id, post_id, "timestamp" FROM part_posts) p
          ON p.thread_id = l.thread_id AND p.post_id = l.first_post {_where(chosen)}""",
    }
    names = ("turns", "restatements", "empty_restatements")
    counts = f"""SELECT {own} count(*) AS loops, count(DISTINCT thread_id) AS threads, {_sums(names)}
    FROM q_loops GROUP BY ALL"""
    db.gather({"q_counts": counts}, helpers)
    return f"""SELECT * FROM (
      SELECT {_given(question)} {_sums(("loops", "threads", *names))} FROM q_counts GROUP BY ALL)
    {_ordered(question, "loops")}"""


def _threads(_: Database, question: Question) -> str:
    names = "posts replies agreements disagreements markers claims loops turns restatements faults".split()
    return f"""SELECT * FROM (
      SELECT {_given(question)} count(*) AS threads, {_sums(names)}
      FROM (SELECT {_selected(question.by, "first_time")} {", ".join(names)} FROM threads
        {_where(_of_posts(question, "first_time"))})
      GROUP BY ALL)
    {_ordered(question, "threads")}"""


def overview() -> str:
    """Return the query that tells the most of a run in some forty rows."""
    year, lang = _dimension("year"), _dimension("lang")
    parts = (
        "SELECT 1 AS part, 'threads' AS what, '' AS name, count(*) AS count FROM threads",
        "SELECT 2, 'posts', '', count(*) FROM posts",
        "SELECT 3, 'authors', 'different names', count(*) FROM "
        f"(SELECT author FROM posts WHERE {_NAMED} GROUP BY author)",
        f"SELECT 4, 'posts of a year', {year}, count(*) FROM posts GROUP BY ALL",
        f"SELECT 5, 'posts in a language', {lang}, count(*) FROM posts GROUP BY ALL",
        "SELECT 6, 'labels of layer ' || layer, label, count(*) FROM annotations GROUP BY ALL",
        "SELECT 7, 'disputes of kind ' || kind, state, count(*) FROM "
        "(SELECT DISTINCT thread_id, loop_id, kind, state FROM loops) GROUP BY ALL",
        "SELECT 8, 'faults of stage', stage, count(*) FROM faults GROUP BY ALL",
    )
    return f"""SELECT what, name, count FROM ({" UNION ALL ".join(parts)})
    ORDER BY part, what, CASE WHEN part = 4 THEN name ELSE '' END, count DESC, name"""
