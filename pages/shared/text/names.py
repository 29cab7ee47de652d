"""The names of columns and parameters, as they stand on the screen."""

from collections.abc import Callable

from classifier import Experiment
from classifier.experiment.hidden import shapes
from classifier.experiment.initial import BIAS_NAME


def column_names(experiment: Experiment, layer: int = 0) -> list[str]:
    """Name the columns of a layer's [W | b], the layer counted from 0.

    Examples
    --------
    >>> column_names(Experiment.tutorial())
    ['x₁', 'x₂', 'x₃', 'b']
    """
    return [*experiment.unit_names[layer], BIAS_NAME]


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
    if column is None or column == len(inputs):
        return f"b[{unit}]"
    return f"W[{unit}, {escape(inputs[column])}]"


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
    """Name every parameter of a layer, in the shape of W with b as its last column."""
    rows, columns = shapes(experiment.sizes)[layer]
    return [
        [parameter_name(experiment, output, column, escape, layer) for column in range(columns)]
        for output in range(rows)
    ]
