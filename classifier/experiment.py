"""Everything that determines a run, checked once: samples, learning rate, epochs, seed, route, dtype.

An experiment holds plain Python numbers, so that it can be hashed, compared and written into a link. It
trains nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, get_args

import numpy as np
from numpy.typing import NDArray

from classifier.layers import FloatArray
from classifier.network import Route
from classifier.samples import SAMPLE_SETS
from classifier.validation import (
    ExperimentError,
    check_names,
    check_number,
    check_rows,
    check_whole_number,
    counted,
    plain,
    shown,
)

# 20 million steps take a few minutes, which is the longest that anybody waits for a lesson
MAX_SAMPLES = 1_000
MAX_INPUTS = 64
MAX_OUTPUTS = 16
MAX_EPOCHS = 1_000_000
MAX_STEPS = 20_000_000
"""Most samples × epochs."""
MAX_SEED = 2**32 - 1
"""The largest seed that NumPy's RandomState takes."""

# Gradients are at most |x|, so after MAX_STEPS steps a logit is still far below the largest float32 (see
# run.py)
MAX_INPUT = 1e6
MAX_LEARNING_RATE = 100.0

DTYPES = ("float32", "float64")


def default_input_names(n: int) -> tuple[str, ...]:
    """Return the names x₁ … xₙ."""
    return _numbered("x", n)


def default_label_names(n: int) -> tuple[str, ...]:
    """Return the names y₁ … yₙ."""
    return _numbered("y", n)


def _numbered(letter: str, n: int) -> tuple[str, ...]:
    subscript = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return tuple(letter + str(i).translate(subscript) for i in range(1, n + 1))


@dataclass(frozen=True)
class Experiment:
    """What is to be trained, on what, and how. Frozen, hashable, valid by construction.

    Parameters
    ----------
    inputs : table of numbers, one row per sample
        Any nested sequence or array; kept as tuples of floats. Each |x| ≤ `MAX_INPUT`.
    labels : table of numbers in [0, 1], one row per sample
        Labels between 0 and 1 are soft labels: the probability that the entry is on.
    learning_rate : float, 0 to `MAX_LEARNING_RATE`
        0 trains nothing, and shows what stays.
    epochs : int, 0 to `MAX_EPOCHS`
    seed : int, 0 to `MAX_SEED`
        Of the RandomState from which the initial weights are drawn.
    route : {"fused", "chain"}
        How ∂L/∂z is formed; see `LinearClassifier`.
    dtype : {"float32", "float64"}
        Of every number of the run.
    input_names, label_names : sequence of str, optional
        Column names, each unique over both; x₁ … and y₁ … if left out.

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
    classifier.validation.ExperimentError: Row 2, y₁: 1.7 is not a label. Labels lie between 0 and 1.
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

    def __post_init__(self) -> None:
        """Put every field into its one normal form, or refuse it."""
        rows = check_rows(self.inputs, "input", MAX_INPUTS, MAX_SAMPLES)
        label_rows = check_rows(self.labels, "label", MAX_OUTPUTS, MAX_SAMPLES)
        if len(rows) != len(label_rows):
            raise ExperimentError(
                f"Inputs: {counted(len(rows), 'row')}, labels: {counted(len(label_rows), 'row')}. "
                "Every sample needs both.",
                row=min(len(rows), len(label_rows)),
                field="labels",
            )
        input_names, label_names = check_names(
            default_input_names(len(rows[0])) if self.input_names is None else self.input_names,
            default_label_names(len(label_rows[0])) if self.label_names is None else self.label_names,
            (len(rows[0]), len(label_rows[0])),
        )
        self._set("input_names", input_names)
        self._set("label_names", label_names)
        self._set("inputs", self._table(rows, "inputs"))
        self._set("labels", self._table(label_rows, "labels"))

        learning_rate = check_number(self.learning_rate, "Learning rate", field="learning_rate")
        if not 0 <= learning_rate <= MAX_LEARNING_RATE:
            raise ExperimentError(
                f"Learning rate: {plain(learning_rate)} is out of range. "
                f"The learning rate lies between 0 and {MAX_LEARNING_RATE:g}.",
                field="learning_rate",
            )
        self._set("learning_rate", learning_rate)
        self._set("epochs", check_whole_number(self.epochs, "Epochs", MAX_EPOCHS, field="epochs"))
        self._set("seed", check_whole_number(self.seed, "Seed", MAX_SEED, field="seed"))
        if self.samples * self.epochs > MAX_STEPS:
            raise ExperimentError(
                f"Epochs: {self.samples} samples × {self.epochs} epochs are too many steps. "
                f"A run has at most {MAX_STEPS}: that is {MAX_STEPS // self.samples} epochs of this table.",
                field="epochs",
            )
        for field, allowed in (("route", get_args(Route)), ("dtype", DTYPES)):
            value = getattr(self, field)
            if not isinstance(value, str) or value not in allowed:
                raise ExperimentError(
                    f"{field.capitalize()}: {shown(value)} is not one of {', '.join(allowed)}.", field=field
                )

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)  # the one way to normalise a field of a frozen dataclass

    def _table(self, rows: list[list[Any]], field: str) -> tuple[tuple[float, ...], ...]:
        """Return the cells as floats; a bad one is refused by its place."""
        is_input = field == "inputs"
        names, first = (self.input_names, 0) if is_input else (self.label_names, len(self.input_names))
        low, high = (-MAX_INPUT, MAX_INPUT) if is_input else (0.0, 1.0)
        table = []
        for row, cells in enumerate(rows):
            values = []
            for column, cell in enumerate(cells):
                if type(cell) in (int, float) and low <= cell <= high:  # most cells; the rest is for the others
                    values.append(cell + 0.0)
                    continue
                where = f"Row {row + 1}, {names[column]}"
                value = check_number(cell, where, row=row, column=first + column, field=field)
                if not low <= value <= high:
                    rule = (
                        f"is too large. Inputs lie between -{MAX_INPUT:.0f} and {MAX_INPUT:.0f}."
                        if is_input
                        else "is not a label. Labels lie between 0 and 1."
                    )
                    raise ExperimentError(
                        f"{where}: {plain(value)} {rule}", row=row, column=first + column, field=field
                    )
                values.append(value)
            table.append(tuple(values))
        return tuple(table)

    @classmethod
    def tutorial(cls) -> Self:
        """Return the tutorial's experiment: its five samples, lr 0.01, 2000 epochs, seed 42."""
        return cls(*SAMPLE_SETS["tutorial"])

    def replace(self, **changes: object) -> Self:
        """Return a copy with some fields changed, checked anew."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked when it is built, as every value is

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

    @cached_property
    def input_array(self) -> FloatArray:
        """The inputs, read-only, in the dtype of the experiment: ndarray of shape (samples, in_features)."""
        return self._array(self.inputs)

    @cached_property
    def label_array(self) -> FloatArray:
        """The labels, read-only, in the dtype of the experiment: ndarray of shape (samples, out_features)."""
        return self._array(self.labels)

    def _array(self, rows: Sequence[Sequence[float]]) -> FloatArray:
        # an input too small for float32 is 0 there, which is as near as float32 gets
        with np.errstate(under="ignore"):
            array: NDArray[Any] = np.array(rows).astype(self.dtype)
        array.flags.writeable = False
        return array
