"""From the chosen columns of a grid to the samples of an experiment. Pure; no widget."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier import (
    LIMITS,
    Experiment,
    ExperimentError,
    Scaling,
    standardise,
    zeros_initial,
)
from classifier.experiment.initial import Matrix
from classifier.experiment.validation import counted
from pages.shared.text.quoting import quoted
from pages.your_data.column_names import fitted
from pages.your_data.columns import Output, distinct, input_column, label_column
from pages.your_data.grid import DataError, Grid


@dataclass(frozen=True)
class Samples:
    """What becomes the samples of an experiment.

    Attributes
    ----------
    inputs, labels : tuple of tuple of float
        One row a sample.
    input_names, label_names : tuple of str
    scaling : tuple of (float, float), or None
        Mean and scale of each input, if they were standardised.
    notes : tuple of str
        What was done, and what to know. May quote the table.
    two_classes : bool
        Whether a label column has two classes, which are one output or two.
    """

    inputs: Matrix
    labels: Matrix
    input_names: tuple[str, ...]
    label_names: tuple[str, ...]
    scaling: Scaling | None
    notes: tuple[str, ...]
    two_classes: bool = False


def read_samples(
    grid: Grid,
    inputs: Sequence[int],
    labels: Sequence[int],
    *,
    standardised: bool,
    both: bool = False,
    mixed: bool = False,
) -> Samples:
    """Read the chosen columns.

    Parameters
    ----------
    grid : Grid
    inputs, labels : sequence of int
        Columns, from 0.
    standardised : bool
        Whether to bring each input to mean 0 and standard deviation 1.
    both : bool, optional
        Whether two classes are two outputs, not one.
    mixed : bool, optional
        Whether to put the rows into a random order, the same one each time.

    Raises
    ------
    DataError
        If they are no samples. It names line, column and rule of everything that is wrong.
    """
    problems = [f"{quoted(grid.names[column])} is both an input and a label." for column in inputs if column in labels]
    for chosen, most, what in ((inputs, LIMITS.inputs, "input"), (labels, LIMITS.outputs, "label")):
        if not chosen:
            problems.append(f"No column is chosen as {'an' if what == 'input' else 'a'} {what}. One is enough.")
        if len(chosen) > most:
            problems.append(f"{len(chosen)} columns are chosen as {what}s. There may be at most {most}.")
    if problems:
        raise DataError(*problems)

    columns = [input_column(grid, column, problems, standardised=standardised) for column in sorted(inputs)]
    outputs: list[Output] = []
    notes: list[str] = []
    for column in sorted(labels):
        outputs += label_column(grid, column, problems, notes, both=both)
    if len(outputs) > LIMITS.outputs:
        problems.append(f"The labels make {len(outputs)} outputs. There may be at most {LIMITS.outputs}.")
    if problems:
        raise DataError(*problems)

    rows: Matrix = tuple(zip(*columns, strict=True))
    order = np.random.RandomState(0).permutation(len(rows)) if mixed else range(len(rows))
    rows = tuple(rows[i] for i in order)
    scaling = None
    if standardised:
        rows, scaling = standardise(rows)
    input_names = tuple(grid.names[column] for column in sorted(inputs))
    label_names, renamed = fitted(distinct(outputs, input_names), input_names)
    by_row: Matrix = tuple(zip(*(output.values for output in outputs), strict=True))
    label_rows = tuple(by_row[i] for i in order)
    said = (*notes, *renamed)
    pairs = any(output.of_two for output in outputs)
    samples = Samples(rows, label_rows, input_names, label_names, scaling, said, pairs)
    try:
        put(samples, Experiment.tutorial())
    except ExperimentError as error:  # a rule about several columns, such as two equal names
        raise DataError(str(error)) from None
    return samples


def put(samples: Samples, before: Experiment) -> tuple[Experiment, tuple[str, ...]]:
    """Put samples into an experiment in place of its own.

    Parameters
    ----------
    samples : Samples
    before : Experiment
        All its other settings stay where they still fit.

    Returns
    -------
    experiment : Experiment
    notes : tuple of str
        Which of the settings do not fit, and what became of them.
    """
    notes = []
    epochs = min(before.epochs, LIMITS.steps // len(samples.inputs))
    if epochs < before.epochs:
        notes.append(f"{epochs} epochs instead of {before.epochs}: a run has at most {LIMITS.steps} steps.")
    shape = len(samples.input_names), len(samples.label_names)
    old = before.in_features, before.out_features
    initial = before.initial
    if initial == zeros_initial(*before.sizes):
        initial = zeros_initial(shape[0], *before.hidden, shape[1])
    elif initial is not None and old != shape:
        given = f"{counted(old[0], 'input')} and {counted(old[1], 'output')}"
        notes.append(f"The initial weights were for {given} and are gone. Now the seed draws them.")
        initial = None
    experiment = before.replace(
        inputs=samples.inputs,
        labels=samples.labels,
        input_names=samples.input_names,
        label_names=samples.label_names,
        scaling=samples.scaling,
        epochs=epochs,
        initial=initial,
    )
    return experiment, tuple(notes)
