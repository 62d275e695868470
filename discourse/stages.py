"""Run analysers over tables: in order, new rows beside old ones, a fault where one breaks."""

from collections.abc import Callable, Iterable

import pandas as pd

from discourse.analysis.base import Analyzer
from discourse.analysis.registry import in_order
from discourse.analysis.replies.replies import fill_in
from discourse.analysis.threads import longer_notes, same_posts
from discourse.tables import FAULTS, Tables, frame_of

After = Callable[[Tables, frozenset[str]], Tables]


def run_stages(
    tables: Tables,
    analyzers: Iterable[Analyzer],
    *,
    progress: Callable[[str], None] = lambda _stage: None,
    after: After = lambda tables, _assigned: tables,
) -> Tables:
    """Return the tables with the rows of some analysers added, each after those that it needs.

    Posts get their best link as soon as links are known. An analyser that fails on a thread
    leaves a row in `faults` and no other trace there.

    Parameters
    ----------
    progress
        Called with the name of each analyser that begins.
    after
        Given the tables when an analyser's rows are in them, and what it assigns; what it returns goes on to
        the next, so that people's corrections reach all that is built on them.
    """
    for analyzer in in_order(analyzers):
        progress(analyzer.name)
        tables = _with_rows(tables, _analysed(analyzer, tables))
        if "links" in analyzer.assigns:
            linked = fill_in(tables)
            same_posts(tables["posts"], linked["posts"])
            tables = linked
        tables = after(tables, analyzer.assigns)
    return tables


def _analysed(analyzer: Analyzer, tables: Tables) -> Tables:
    try:
        return analyzer.analyze(tables)
    except Exception as error:
        # whatever one thread breaks must not cost the others their labels
        threads = list(tables.by_thread())
        if len(threads) > 1:
            return Tables.concat(_analysed(analyzer, thread) for thread in threads)
        fault = {
            "stage": analyzer.name,
            "item_id": tables["posts"]["thread_id"].iloc[0],
            "problem": f"{type(error).__name__}: {error}",
        }
        return Tables({"faults": frame_of(FAULTS, [fault])})


def _with_rows(tables: Tables, rows: Tables) -> Tables:
    longer = {name: _stacked(tables[name], frame) for name, frame in rows.frames.items()}
    if "annotations" in longer:
        longer_notes(tables["annotations"], rows["annotations"], longer["annotations"])
    return tables.replace(**longer)


def _stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    if above.empty or below.empty:
        return below if above.empty else above
    return pd.concat([above, below], ignore_index=True)
