"""The names of columns and parameters, as they stand on the screen."""

from collections.abc import Callable
from typing import Final

from classifier import Experiment
from classifier.experiment.initial import BIAS_NAME

ACTIVATION_NAMES: Final = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}


def column_names(experiment: Experiment, layer: int = 0) -> list[str]:
    """Name the columns of a layer's [W | b].

    Examples
    --------
    >>> column_names(Experiment.tutorial())
    ['x₁', 'x₂', 'x₃', 'b']
    """
    return [*experiment.unit_names[layer], BIAS_NAME]


def row_names(experiment: Experiment, layer: int = -1) -> list[str]:
    """Name the rows of a layer's [W | b]: its units."""
    return list(experiment.unit_names[1:][layer])


def parameter_name(
    experiment: Experiment,
    output: int,
    column: int | None,
    escape: Callable[[str], str] = lambda name: name,
    layer: int = 0,
) -> str:
    """Name a weight by its unit and its input, a bias by its unit.

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
    layer : int
        From 0.

    Examples
    --------
    >>> parameter_name(Experiment.tutorial(), 1, 0), parameter_name(Experiment.tutorial(), 1, None)
    ('W[y₂, x₁]', 'b[y₂]')
    >>> parameter_name(Experiment.tutorial().replace(hidden=(2,)), 0, 1, layer=1)
    'W[y₁, h₂]'
    """
    inputs, units = experiment.unit_names[layer : layer + 2]
    unit = escape(units[output])
    return f"b[{unit}]" if column in (None, len(inputs)) else f"W[{unit}, {escape(inputs[column or 0])}]"


def numbered_parameter(output: int, column: int | None) -> str:
    """Name a weight by its row and column, counted from 1; a bias, whose column is None, by its row.

    Examples
    --------
    >>> numbered_parameter(1, 0), numbered_parameter(1, None)
    ('W[2,1]', 'b[2]')
    """
    return f"b[{output + 1}]" if column is None else f"W[{output + 1},{column + 1}]"


def parameter_names(
    experiment: Experiment, escape: Callable[[str], str] = lambda name: name, layer: int = 0
) -> list[list[str]]:
    """Name every parameter of a layer, in the shape of its [W | b]."""
    inputs, units = experiment.unit_names[layer : layer + 2]
    columns = range(len(inputs) + 1)
    return [
        [parameter_name(experiment, unit, column, escape, layer) for column in columns] for unit in range(len(units))
    ]
