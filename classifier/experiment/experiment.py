"""Everything that determines a run, checked once: samples, hidden layers, learning rates, epochs, start, route, dtype.

An experiment holds plain Python numbers, so that it can be hashed, compared and written into a link. It
trains nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.experiment.checked_rows import CheckedRows
from classifier.experiment.hidden import Hidden, check_hidden, numbered, unit_names
from classifier.experiment.initial import Initial, check_initial
from classifier.experiment.limits import LIMITS
from classifier.experiment.rates import Schedule, check_rate, check_schedule, rates_at, with_rate_from
from classifier.experiment.scaling import Scaling, check_scaling
from classifier.experiment.tutorial import TUTORIAL_SAMPLES
from classifier.experiment.validation import (
    ExperimentError,
    Place,
    check_input,
    check_label,
    check_names,
    check_number,
    check_rows,
    check_whole_number,
    counted,
    plain,
    shown,
    title,
)
from classifier.graph.layers import ACTIVATIONS, ActivationName, FloatArray
from classifier.graph.network import Route

MAX_SEED = 2**32 - 1
"""The largest seed that NumPy's RandomState takes."""

MAX_INPUT = 1e6
# Without hidden layers no number of an accepted experiment can overflow. |∂L/∂z| ≤ 1 by either route, so a step moves
# a weight by at most lr · max(|x|, 1), all steps together by MAX_STEPS times as much, and |z| ≤ (in_features + 1) ·
# max(|x|, 1) · max |weight|. By these limits that is 65 · 10⁶ · (MAX_INITIAL + 100 · 10⁶ · 2·10⁷) < 10²⁴, far
# below float32's 3·10³⁸; drawn weights are below 10.
# With them ∂L/∂a = Wᵀ ∂L/∂z grows with the weights of the layer above, and those with a, layer by layer: no such bound
# holds, and a ReLU at a large rate does run away. So training watches every number; see LARGEST in sweep.py.

DTYPES = ("float32", "float64")

_LATER = ("hidden", "activation")
"""Fields that an experiment of an older link does not have: at their defaults they change neither text nor identity."""


@dataclass(frozen=True)
class Experiment:
    """What is to be trained, on what, and how. Frozen, hashable, valid by construction.

    Its size is limited, see `LIMITS`.

    Parameters
    ----------
    inputs : table of numbers, one row per sample
        Any nested sequence or array; kept as tuples of floats. Each |x| ≤ `MAX_INPUT`.
    labels : table of numbers in [0, 1], one row per sample
        Labels between 0 and 1 are soft labels: the probability that the entry is 1.
    learning_rate : float, 0 to `MAX_LEARNING_RATE`
        Holds until the first change of the schedule. At 0 no weight ever changes.
    epochs : int, from 0
    seed : int, 0 to `MAX_SEED`
        Of the RandomState from which the initial weights are drawn. Without effect if they are given.
    route : {"fused", "chain"}
        How ∂L/∂z of the last layer is formed; see `Network`.
    dtype : {"float32", "float64"}
        Of every number of the run.
    input_names, label_names : sequence of str, optional
        Column names, each unique over both; x₁ … and y₁ … if left out.
    initial : sequence of tables of numbers, one a layer, optional
        Initial weights, the bias as last column: shape (units, units below + 1), each number at most `MAX_INITIAL` in
        size. Without hidden layers the one table alone is taken, too. Drawn by the seed if left out. A start from
        zeros is `zeros_initial`.
    schedule : sequence of (epoch, rate), optional
        Changes of the learning rate: from that epoch on, counted from 0, it is that rate. Ascending from
        epoch 1, at most `MAX_CHANGES`. Changes after the last epoch do nothing, nor do changes to the rate that holds
        already. Both are kept, so that editing another field never loses them.
    scaling : sequence of (mean, scale), one per input, optional
        How each input was standardised: (value − mean) / scale, see `standardise`; (0, 1) for an input that was not.
        It changes no number of the run. It serves to bring another sample to the same scale.
    hidden : sequence of int
        Number of units of each hidden layer, from the inputs on: at most `MAX_HIDDEN` layers of 1 to `MAX_UNITS`.
    activation : {"sigmoid", "tanh", "relu"}
        Of the hidden layers. Without effect if there are none.

    Raises
    ------
    ExperimentError
        If a value breaks its rule. The message names row, column, value and rule.

    Examples
    --------
    >>> experiment = Experiment(inputs=[[0, 1], [1, 1]], labels=[[0], [1]])
    >>> experiment.input_names, experiment.samples
    (('x₁', 'x₂'), 2)
    >>> experiment.replace(labels=[[0], [1.7]])
    Traceback (most recent call last):
        ...
    classifier.experiment.validation.ExperimentError: Row 2, y₁: 1.7 is not a label. Labels lie between 0 and 1.
    """

    inputs: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[float, ...], ...]
    learning_rate: float = 0.01
    epochs: int = 2000
    seed: int = 42
    route: Route = "fused"
    dtype: str = "float32"
    input_names: tuple[str, ...] = None  # type: ignore[assignment]  # None stands for the default names
    label_names: tuple[str, ...] = None  # type: ignore[assignment]
    initial: Initial | None = None
    schedule: Schedule = ()
    scaling: Scaling | None = None
    hidden: Hidden = ()
    activation: ActivationName = "sigmoid"

    def __post_init__(self) -> None:
        """Bring every field into its normal form, or raise ExperimentError."""
        rows = self._rows("inputs", LIMITS.inputs)
        label_rows = self._rows("labels", LIMITS.outputs)
        if len(rows) != len(label_rows):
            counts = f"Inputs: {counted(len(rows), 'row')}, labels: {counted(len(label_rows), 'row')}."
            row = min(len(rows), len(label_rows))
            raise ExperimentError(f"{counts} Every sample needs both.", row=row, field="labels")
        input_names, label_names = check_names(
            numbered("x", len(rows[0])) if self.input_names is None else self.input_names,
            numbered("y", len(label_rows[0])) if self.label_names is None else self.label_names,
            (len(rows[0]), len(label_rows[0])),
        )
        self._set("input_names", input_names)
        self._set("label_names", label_names)
        for field, table in (("inputs", rows), ("labels", label_rows)):
            self._set(field, table if isinstance(table, CheckedRows) else self._table(table, field))

        self._set("learning_rate", check_rate(self.learning_rate, field="learning_rate"))
        for field, highest in (("epochs", LIMITS.epochs), ("seed", MAX_SEED)):
            self._set(field, check_whole_number(getattr(self, field), title(field), highest, field=field))
        if self.samples * self.epochs > LIMITS.steps:
            rule = (
                f"{self.samples} samples × {self.epochs} epochs are too many steps. A run has at most {LIMITS.steps}:"
            )
            most = f"that is {LIMITS.steps // self.samples} epochs of this table."
            raise ExperimentError(f"{rule} {most}", title("epochs"), field="epochs")
        self._set("hidden", check_hidden(self.hidden))
        for field, allowed in (("route", get_args(Route)), ("dtype", DTYPES), ("activation", tuple(ACTIVATIONS))):
            value = getattr(self, field)
            if not isinstance(value, str) or value not in allowed:
                rule = f"{shown(value)} is not one of {', '.join(allowed)}."
                raise ExperimentError(rule, title(field), field=field)
        if self.initial is not None:
            self._set("initial", check_initial(self.initial, self.unit_names))
        self._set("schedule", check_schedule(self.schedule))
        if self.scaling is not None:
            self._set("scaling", check_scaling(self.scaling, self.input_names))

    def __repr__(self) -> str:
        """Write the fields that are not empty: a field added later changes no text of an experiment without it."""
        told = [f"{name}={value!r}" for name, value in self.said() if value not in (None, ())]
        return f"Experiment({', '.join(told)})"

    def said(self) -> list[tuple[str, Any]]:
        """Return the fields by their names; those that were added later only where they say something."""
        values = [(field.name, getattr(self, field.name), field.default) for field in fields(self)]
        return [(name, value) for name, value, default in values if name not in _LATER or value != default]

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)  # the one way to normalise a field of a frozen dataclass

    def _rows(self, field: str, most: int) -> Sequence[Sequence[Any]]:
        """Return the rows of a table. Rows that another experiment has checked are shared with it."""
        table = getattr(self, field)
        is_checked = isinstance(table, CheckedRows) and table.field == field
        return table if is_checked else check_rows(table, field.removesuffix("s"), most, LIMITS.samples)

    def _table(self, rows: Sequence[Sequence[Any]], field: str) -> CheckedRows:
        """Return the cells as floats; a bad one is refused by its place."""
        is_input = field == "inputs"
        names, first = (self.input_names, 0) if is_input else (self.label_names, len(self.input_names))
        low, high = (-MAX_INPUT, MAX_INPUT) if is_input else (0.0, 1.0)
        table = []
        for row, cells in enumerate(rows):
            values = []
            for column, cell in enumerate(cells):
                if type(cell) in (int, float) and low <= cell <= high:  # the usual case, made fast
                    values.append(cell + 0.0)
                    continue
                where = f"Row {row + 1}, {names[column]}"
                place = Place(row=row, column=first + column, field=field)
                value = check_number(cell, where, **place)
                if is_input:
                    check_input(value, MAX_INPUT, plain(value), where, **place)
                else:
                    check_label(value, plain(value), where, **place)
                values.append(value)
            table.append(tuple(values))
        return CheckedRows(table, field)

    @classmethod
    def tutorial(cls) -> Self:
        """Return the tutorial's experiment: its five samples, lr 0.01, 2000 epochs, seed 42."""
        return cls(**TUTORIAL_SAMPLES)

    def replace(self, **changes: object) -> Self:
        """Return a copy with some fields changed, checked anew."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked when it is built, as every value is

    def rate_at(self, epoch: int) -> float:
        """Return the learning rate of an epoch, counted from 0."""
        return float(self.rates_at(epoch))

    def rates_at(self, epochs: ArrayLike) -> NDArray[np.float64]:
        """Return the learning rates of many epochs, counted from 0: ndarray of the shape of ``epochs``."""
        return rates_at(self.learning_rate, self.schedule, epochs)

    def with_rate_from(self, position: int, learning_rate: float) -> Self:
        """Return a copy whose learning rate is another one after ``position`` epochs; up to there nothing changes.

        Later changes of the rate are dropped. A change to the rate that holds already is not added.

        Examples
        --------
        >>> Experiment.tutorial().with_rate_from(500, 0.1).schedule
        ((500, 0.1),)
        """
        first, schedule = with_rate_from(self.learning_rate, self.schedule, position, learning_rate)
        return self.replace(learning_rate=first, schedule=schedule)

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.inputs)

    @property
    def in_features(self) -> int:
        """Number of inputs of a sample."""
        return len(self.inputs[0])

    @property
    def out_features(self) -> int:
        """Number of labels of a sample."""
        return len(self.labels[0])

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of inputs, of units of each hidden layer, and of outputs."""
        return self.in_features, *self.hidden, self.out_features

    @property
    def unit_names(self) -> tuple[tuple[str, ...], ...]:
        """What the inputs, the units of each hidden layer and the outputs are called."""
        return self.input_names, *unit_names(self.hidden), self.label_names

    @property
    def input_array(self) -> FloatArray:
        """The inputs, read-only, in the dtype of the experiment: ndarray of shape (samples, in_features)."""
        return self._checked("inputs").array(self.dtype)

    @property
    def label_array(self) -> FloatArray:
        """The labels, read-only, in the dtype of the experiment: ndarray of shape (samples, out_features)."""
        return self._checked("labels").array(self.dtype)

    @cached_property
    def identity(self) -> str:
        """A hash of all fields: equal experiments have equal ones, in every process."""
        said = [(name, value) for name, value in self.said() if name not in ("inputs", "labels")]
        name = blake2b(repr(said).encode(), digest_size=12)
        for field in ("inputs", "labels"):
            name.update(self._checked(field).digest)
        return name.hexdigest()

    def _checked(self, field: str) -> CheckedRows:
        rows: CheckedRows = getattr(self, field)  # __post_init__ has made them such
        return rows


def refuse_unknown(experiment: Experiment, known: Collection[str], who: str) -> None:
    """Refuse an experiment with a field that says something to which ``who`` is deaf.

    Raises
    ------
    ValueError
        If a field that is not among the known ones is not at its default.
    """
    for field in fields(experiment):
        if field.name not in known and getattr(experiment, field.name) != field.default:
            raise ValueError(f"{who} does not know the field {field.name}")
