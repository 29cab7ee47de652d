"""The names of columns and parameters, as they stand on the screen."""

from collections.abc import Callable

from classifier import Experiment
from classifier.experiment.initial import BIAS_NAME


def column_names(experiment: Experiment) -> list[str]:
    """Name the columns of [W | b].

    Examples
    --------
    >>> column_names(Experiment.tutorial())
    ['x₁', 'x₂', 'x₃', 'b']
    """
    return [*experiment.input_names, BIAS_NAME]


def parameter_name(
    experiment: Experiment, output: int, column: int | None, escape: Callable[[str], str] = lambda name: name
) -> str:
    """Name a weight by its output and its input, a bias by its output.

    Parameters
    ----------
    experiment : Experiment
        Gives the names of the columns.
    output : int
        From 0.
    column : int or None
        The input, from 0. None, or the column after the last one, is the bias.
    escape : callable
        How a name that a user typed is written in its place.

    Examples
    --------
    >>> parameter_name(Experiment.tutorial(), 1, 0), parameter_name(Experiment.tutorial(), 1, None)
    ('W[y₂, x₁]', 'b[y₂]')
    """
    label = escape(experiment.label_names[output])
    if column is None or column == experiment.in_features:
        return f"b[{label}]"
    return f"W[{label}, {escape(experiment.input_names[column])}]"


def numbered_parameter(output: int, column: int | None) -> str:
    """Name a weight by its row and column, counted from 1; a bias, whose column is None, by its row.

    Examples
    --------
    >>> numbered_parameter(1, 0), numbered_parameter(1, None)
    ('W[2,1]', 'b[2]')
    """
    return f"b[{output + 1}]" if column is None else f"W[{output + 1},{column + 1}]"


def parameter_names(experiment: Experiment, escape: Callable[[str], str] = lambda name: name) -> list[list[str]]:
    """Name every parameter, in the shape of W with b as its last column."""
    columns = range(experiment.in_features + 1)
    return [
        [parameter_name(experiment, output, column, escape) for column in columns]
        for output in range(experiment.out_features)
    ]
