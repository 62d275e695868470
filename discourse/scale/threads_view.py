"""The table `threads`, made of the others where a run has none: for an ordinary run."""

# `longest_chain` and `digest` cannot be had from the tables alone and are empty
THREADS = """
WITH own AS (
  SELECT thread_id, min("position") AS place, count(*) AS posts, count(DISTINCT author) AS authors,
    min("timestamp") AS first_time, max("timestamp") AS last_time, arg_min("text", "position") AS opening
  FROM posts GROUP BY thread_id),
order_of AS (
  SELECT thread_id, row_number() OVER (ORDER BY place, thread_id) - 1 AS first_position FROM own),
spoken AS (
  SELECT thread_id, arg_max(lang, (posts, lang)) AS lang FROM (
    SELECT thread_id, lang, count(*) AS posts FROM posts WHERE lang IS NOT NULL GROUP BY ALL)
  GROUP BY thread_id),
answers AS (
  SELECT c.thread_id, count(*) AS replies FROM posts c JOIN posts p
  ON c.reply_to = p.post_id AND c.thread_id = p.thread_id GROUP BY c.thread_id),
marks AS (
  SELECT thread_id, count(*) FILTER (layer = 'reply' AND label = 'agree') AS agreements,
    count(*) FILTER (layer = 'reply' AND label = 'disagree') AS disagreements,
    count(*) FILTER (layer = 'rhetoric') AS markers FROM annotations GROUP BY thread_id),
held AS (SELECT thread_id, count(DISTINCT claim_id) AS claims FROM claims GROUP BY thread_id),
rounds AS (
  SELECT thread_id, count(DISTINCT loop_id) AS loops, sum(turns)::BIGINT AS turns,
    sum(restatements)::BIGINT AS restatements FROM loops GROUP BY thread_id),
broken AS (SELECT thread_id, count(*) AS faults FROM faults GROUP BY thread_id)
SELECT own.thread_id, 0::BIGINT AS part, first_position, posts, authors, first_time, last_time,
  nullif(left(split_part(opening, chr(10), 1), 120), '') AS title, lang, coalesce(replies, 0) AS replies,
  NULL::BIGINT AS longest_chain, coalesce(agreements, 0) AS agreements,
  coalesce(disagreements, 0) AS disagreements, coalesce(markers, 0) AS markers, coalesce(claims, 0) AS claims,
  coalesce(loops, 0) AS loops, coalesce(turns, 0) AS turns, coalesce(restatements, 0) AS restatements,
  coalesce(faults, 0) AS faults, NULL::VARCHAR AS digest
FROM own JOIN order_of USING (thread_id) LEFT JOIN spoken USING (thread_id)
LEFT JOIN answers USING (thread_id) LEFT JOIN marks USING (thread_id)
LEFT JOIN held USING (thread_id) LEFT JOIN rounds USING (thread_id)
LEFT JOIN broken USING (thread_id)
"""
