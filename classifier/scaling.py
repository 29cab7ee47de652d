"""Inputs brought to one scale, so that one learning rate suits them all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Standardised:
    """Columns with mean 0 and standard deviation 1, and what was done to get them.

    Attributes
    ----------
    inputs : tuple of tuple of float
        (x − mean) / scale, rounded to so many decimals.
    mean, scale : tuple of float
        One for each column; with them another sample can be brought to the same scale.
    """

    inputs: tuple[tuple[float, ...], ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]


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
    Standardised(inputs=((-1.0, 0.0), (1.0, 0.0)), mean=(2.0, 7.0), scale=(1.0, 1.0))
    """
    table: NDArray[np.float64] = np.array(inputs, np.float64)
    mean, scale = table.mean(axis=0), table.std(axis=0)
    constant = table.max(axis=0) == table.min(axis=0)  # rounding can leave a deviation that is nearly 0
    scale = np.where(constant, 1.0, scale)
    scaled = np.where(constant, 0.0, (table - mean) / scale).round(decimals) + 0.0
    return Standardised(
        tuple(map(tuple, scaled.tolist())),
        tuple(mean.tolist()),
        tuple(scale.tolist()),
    )
