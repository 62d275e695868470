"""The rows that a stage reads: to make records of all of them costs more than the stage itself."""

from discourse.tables import Tables


def with_layers(tables: Tables, *layers: str, label: str | None = None) -> Tables:
    """Return tables in which annotations of other layers are left out; quotations stay, as threads need them.

    Parameters
    ----------
    layers
        Those that are read, such as "claim"; none where quotations are enough.
    label
        The only label of these layers that is read; None for all.
    """
    rows = tables["annotations"]
    if rows.empty:
        return tables
    read = rows["layer"].isin(layers)
    if label is not None:
        read &= rows["label"] == label
    return tables.replace(annotations=rows[read | (rows["layer"] == "quote")])
