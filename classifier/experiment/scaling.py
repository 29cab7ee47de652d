"""Inputs brought to one scale, so that one learning rate suits them all."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.validation import ExperimentError, Place, check_number, counted, items, plain, shown, title

Scaling: TypeAlias = tuple[tuple[float, float], ...]
"""How each input was standardised before it came into the table: (mean, scale). (0, 1) leaves it as it is."""

MAX_SCALING = 1e100
"""Largest size of a mean or a scale, and one over the smallest scale: no data need more."""


class Standardised(NamedTuple):
    """Columns with mean 0 and standard deviation 1, and what was done to get them.

    Attributes
    ----------
    inputs : tuple of tuple of float
        (x − mean) / scale, rounded to so many decimals.
    scaling : tuple of (float, float)
        Mean and scale of each column; with them another sample can be brought to the same scale.
    """

    inputs: tuple[tuple[float, ...], ...]
    scaling: Scaling


def standardise(inputs: Sequence[Sequence[float]], decimals: int = 3) -> Standardised:
    """Bring each column to mean 0 and standard deviation 1.

    x ← (x − mean) / scale

    Parameters
    ----------
    inputs : table of numbers, one row per sample
    decimals : int
        Digits after the point that are kept. More would make links four times as long and teach nothing.

    Returns
    -------
    Standardised

    Notes
    -----
    The scale is the standard deviation over the rows (with 1/N). A column of equal numbers has none: its scale
    is 1, and the column becomes 0.

    Examples
    --------
    >>> standardise([[1, 7], [3, 7]])
    Standardised(inputs=((-1.0, 0.0), (1.0, 0.0)), scaling=((2.0, 1.0), (7.0, 1.0)))
    """
    table: NDArray[np.float64] = np.array(inputs, np.float64)
    mean, scale = table.mean(axis=0), table.std(axis=0)
    constant = table.max(axis=0) == table.min(axis=0)  # rounding can leave a deviation that is nearly 0
    scale = np.where(constant, 1.0, scale)
    scaled = np.where(constant, 0.0, (table - mean) / scale).round(decimals) + 0.0
    return Standardised(tuple(map(tuple, scaled.tolist())), tuple(zip(mean.tolist(), scale.tolist(), strict=True)))


def check_scaling(table: object, input_names: Sequence[str]) -> Scaling:
    """Return the constants of a standardisation as floats.

    Parameters
    ----------
    table : table of numbers of shape (inputs, 2)
        Mean and scale of each input: it is (value − mean) / scale.
    input_names : sequence of str
        For the messages.

    Raises
    ------
    ExperimentError
        If the shape is another, a number is not finite or beyond `MAX_SCALING`, or a scale is not positive. Its row
        is the number of the input, from 0.
    """
    field, subject = "scaling", title("scaling")
    pairs = items(table)
    if pairs is None or len(pairs) != len(input_names):
        given = shown(table) if pairs is None else counted(len(pairs), "row")
        rule = f"{given} for {counted(len(input_names), 'input')}. Give a mean and a scale for each."
        raise ExperimentError(rule, subject, field=field)
    checked = []
    for row, (pair, name) in enumerate(zip(map(items, pairs), input_names, strict=True)):
        where = f"{subject} of {name}"
        if pair is None or len(pair) != 2:
            rule = f"{shown(pairs[row])} is not a mean and a scale. Give two numbers."
            raise ExperimentError(rule, where, row=row, field=field)
        of_mean, of_scale = (Place(row=row, column=column, field=field) for column in (0, 1))
        mean = check_number(pair[0], f"{where}, mean", **of_mean)
        scale = check_number(pair[1], f"{where}, scale", **of_scale)
        if abs(mean) > MAX_SCALING:
            rule = f"{plain(mean)} is too large. It lies between -{MAX_SCALING:g} and {MAX_SCALING:g}."
            raise ExperimentError(rule, f"{where}, mean", **of_mean)
        if not 1 / MAX_SCALING <= scale <= MAX_SCALING:
            rule = f"{plain(scale)} is out of range. It lies between {1 / MAX_SCALING:g} and {MAX_SCALING:g}."
            raise ExperimentError(rule, f"{where}, scale", **of_scale)
        checked.append((mean, scale))
    return tuple(checked)
