"""Labels for any table: a score a label for each row, beside the columns that it has."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.learn.examples import number_of
from discourse.learn.inputs import Inputs
from discourse.learn.second_opinion import FAST, SecondOpinion, second_opinion, settled
from discourse.learn.trained import Model, load_trained
from discourse.tabular.layers import (
    LAYERS,
    Columns,
    Layer,
    ModelLayer,
    ReplyLayer,
    RhetoricLayer,
    Rows,
    StanceLayer,
)
from discourse.tabular.opening import open_table
from discourse.tabular.reading import Batch, Table
from discourse.tabular.writing import open_writer

_NEEDS = {"reply": ("parent", "the post that a text answers"), "stance": ("target", "what the stance is to")}
_MAKERS: dict[str, Callable[[SecondOpinion | None], Layer]] = {
    "reply": ReplyLayer,
    "stance": StanceLayer,
    "rhetoric": RhetoricLayer,
}


class Named(Struct, frozen=True):
    """The columns that the user names; None for those that he does not."""

    text: str
    parent: str | None = None
    target: str | None = None

    @property
    def asked(self) -> list[str]:
        """All of them."""
        return [name for name in (self.text, self.parent, self.target) if name is not None]


class Tally(Struct, frozen=True):
    """What was done."""

    rows: int
    columns: tuple[str, ...]  # the new ones
    notes: tuple[str, ...]  # what was odd about the table


def label_table(
    path: Path,
    out: Path,
    named: Named,
    *,
    layers: Sequence[str] | None = None,
    models: Sequence[Path] = (),
    labels: str = FAST,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Tally:
    """Write a table with labels behind its columns: one row for each of its rows, in their order.

    Parameters
    ----------
    layers
        Some of `LAYERS`; None for those that the named columns allow, or for none but the models.
    models
        Folders that `discourse train` wrote.
    labels
        Who makes the labels: one of `learn.second_opinion.CHOICES`.
    progress
        Called with the rows done and all rows.

    Raises
    ------
    DiscourseError
        Where anything is amiss with what was asked for; then nothing is written.
    """
    wanted = choose_layers(layers, named, has_models=bool(models))
    loaded = [load_trained(folder) for folder in models]
    _check_models(loaded, named)
    table = open_table(path, named.asked)
    read = _Reader(table, named)
    second = second_opinion(settled(labels, table.rows)) if wanted else None
    makers = [*(_MAKERS[name](second) for name in wanted), *(ModelLayer(model) for model in loaded)]
    _check_columns(makers)
    columns = [column for maker in makers for column in maker.columns]
    done = 0
    unsaid: Counter[str] = Counter()
    words = frozenset(name for maker in makers for name in maker.words)
    with open_writer(out, table, columns, words) as writer:
        for batch in table.batches():
            rows = Rows.of(read.inputs(batch))
            found = [maker.label(rows) for maker in makers]
            unsaid.update({maker.name: _empty_rows(new) for maker, new in zip(makers, found, strict=True)})
            writer.write(batch, [column for new in found for column in new])
            done += batch.size
            progress(done, table.rows)
    notes = [*table.notes, *(note for maker in makers for note in maker.notes)]
    notes += [
        f"{name}: {number_of(rows, 'row')} left empty, in languages that it does not know"
        for name, rows in unsaid.items()
        if rows
    ]
    return Tally(done, tuple(columns), tuple(notes))


def _empty_rows(columns: Columns) -> int:
    return sum(all(value is None for value in row) for row in zip(*columns, strict=True))


def label_texts(
    texts: Sequence[str],
    *,
    parents: Sequence[str] | None = None,
    targets: Sequence[str] | None = None,
    layers: Sequence[str] | None = None,
    models: Sequence[Model] = (),
    labels: str = FAST,
) -> dict[str, list[float | str | None]]:
    """Return for each column that `label_table` would write its values, one a text."""
    named = Named("texts", None if parents is None else "parents", None if targets is None else "targets")
    wanted = choose_layers(layers, named, has_models=bool(models))
    _check_models(models, named)
    second = second_opinion(settled(labels, len(texts))) if wanted else None
    makers = [*(_MAKERS[name](second) for name in wanted), *(ModelLayer(model) for model in models)]
    _check_columns(makers)
    rows = Rows.of(Inputs(texts, parents, targets))
    return {
        name: column
        for maker in makers
        for name, column in zip(maker.columns, maker.label(rows), strict=True)
    }


def choose_layers(layers: Sequence[str] | None, named: Named, *, has_models: bool) -> list[str]:
    """Return the layers that are asked for, or else that the named columns allow.

    Raises
    ------
    DiscourseError
        Where a layer is unknown, or lacks a column.
    """
    if layers is None:
        given = {"parent": named.parent, "target": named.target}
        allowed = [name for name in LAYERS if name not in _NEEDS or given[_NEEDS[name][0]] is not None]
        return [] if has_models else allowed
    for name in layers:
        if name not in LAYERS:
            problem = f"there is no layer {name!r}"
            raise DiscourseError(where="--layers", problem=problem, fix=f"Choose of {', '.join(LAYERS)}")
        need, meaning = _NEEDS.get(name, ("", ""))
        if need and getattr(named, need) is None:
            raise DiscourseError(
                where="--layers",
                problem=f"{name} needs {meaning}",
                fix=f"Name its column with --{need}-column, or leave {name} out",
            )
    return list(dict.fromkeys(layers))


def _check_models(models: Sequence[Model], named: Named) -> None:
    for model in models:
        for need in sorted(model.reads):
            if getattr(named, need) is None:
                raise DiscourseError(
                    where=f"model {model.task}",
                    problem=f"it was trained with a {need} column, and none is named",
                    fix=f"Name it with --{need}-column",
                )


def _check_columns(makers: Sequence[Layer]) -> None:
    if not makers:
        raise DiscourseError(
            where="--layers", problem="nothing is asked for", fix="Name a layer or a --model"
        )
    writers: dict[str, Layer] = {}
    for maker in makers:
        for column in maker.columns:
            if column in writers:
                names = " and ".join(_shown(one) for one in (writers[column], maker))
                raise DiscourseError(
                    where="--model",
                    problem=f"{names} would both write a column {column!r}",
                    fix="Leave one of them out, or train the model under another name",
                )
            writers[column] = maker


def _shown(maker: Layer) -> str:
    return f"{'a model' if isinstance(maker, ModelLayer) else 'the layer'} {maker.name!r}"


class _Reader:
    """Takes the named columns out of batches."""

    def __init__(self, table: Table, named: Named) -> None:
        self._text = table.place(named.text, "--text-column")
        self._parent = None if named.parent is None else table.place(named.parent, "--parent-column")
        self._target = None if named.target is None else table.place(named.target, "--target-column")

    def inputs(self, batch: Batch) -> Inputs:
        return Inputs(
            batch.texts(self._text),
            None if self._parent is None else batch.texts(self._parent),
            None if self._target is None else batch.texts(self._target),
        )
