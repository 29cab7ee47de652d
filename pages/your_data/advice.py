"""What would help a network to learn from samples, found from the samples themselves. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement, pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from classifier import is_right
from classifier.experiment.initial import Matrix
from classifier.experiment.scaling import standardise
from classifier.experiment.validation import counted
from classifier.insight.diagnosis import largest_rate
from pages.shared.text.typed_numbers import format_number
from pages.your_data.samples import Samples

HIDDEN: Final = (4,)
"""The hidden layer that is offered."""
_SORTED_FROM: Final = 10  # samples; the order of fewer is plain to see
_MOST_INPUTS: Final = 8  # with more, there are too many products of two
_FITS: Final = 15  # steps of a fit: Newton's doubles its digits with each
_WORTH: Final = 0.05  # share of the predictions that a curve must set right


@dataclass(frozen=True)
class Advice:
    """One thing that would help: what was found, and what to do about it."""

    kind: Literal["mixed", "standardised", "hidden"]
    text: str
    label: str


def advice(samples: Samples, learning_rate: float, *, deep: bool = False) -> list[Advice]:
    """Say what would help a network to learn from samples, without hidden layers or with some (`deep`)."""
    found = []
    if _is_sorted(samples.labels):
        text = "The rows are sorted by label. Each epoch ends with one class alone; mixed rows train better."
        found.append(Advice("mixed", text, "Mix the rows"))
    inputs, labels = np.array(samples.inputs), np.array(samples.labels)
    bound = largest_rate(inputs)
    if samples.scaling is None and learning_rate > bound:
        scaled = largest_rate(np.array(standardise(samples.inputs).inputs))
        large = f"Inputs are as large as {format_number(float(np.abs(inputs).max()))}"
        text = (
            f"{large}: above a learning rate of {_down(bound)} a step can overshoot, and it is "
            f"{format_number(learning_rate)}. Standardised inputs allow up to {_down(scaled)}."
        )
        if deep:  # for which there is no such bound
            text = f"{large}. Hidden layers train better with standardised ones."
        if scaled > bound:
            found.append(Advice("standardised", text, "Standardise the inputs"))
    if deep:
        return found
    straight, bent = _lines_and_curves(samples.inputs, samples.labels)
    if straight - bent > _WORTH * labels.size:
        text = (
            f"The best straight lines found leave {counted(straight, 'prediction')} of {labels.size} wrong, curves "
            f"{bent}. One layer draws straight lines; hidden units bend them."
        )
        found.append(Advice("hidden", text, f"With {HIDDEN[0]} hidden units"))
    return found


def _down(rate: float) -> str:
    """Round a rate down to two digits: up to what is written, all is well."""
    digit = 10.0 ** (np.floor(np.log10(rate)) - 1)
    return format_number(float(f"{np.floor(rate / digit) * digit:.2g}"))


def _is_sorted(labels: Matrix) -> bool:
    """Say if the samples are sorted by their labels: steps are taken in the order of the table."""
    changes = sum(a != b for a, b in pairwise(labels))
    return len(labels) >= _SORTED_FROM and 0 < changes == len(set(labels)) - 1


@lru_cache(maxsize=16)
def _lines_and_curves(inputs: Matrix, labels: Matrix) -> tuple[int, int]:
    """Count the predictions that are wrong after a fit by straight lines, and by curves."""
    x, y = np.array(inputs), np.array(labels)
    return _wrong(x, y, 1), _wrong(x, y, 3 if x.shape[1] <= 2 else 2)


def _wrong(inputs: NDArray[np.float64], labels: NDArray[np.float64], degree: int) -> int:
    """Count what is wrong after a logistic fit of each label by products of up to so many inputs."""
    if degree > 1 and inputs.shape[1] > _MOST_INPUTS:
        return labels.size
    scale = inputs.std(axis=0)
    scaled = (inputs - inputs.mean(axis=0)) / np.where(scale > 0, scale, 1)
    products = [
        scaled[:, list(columns)].prod(axis=1)
        for several in range(degree + 1)
        for columns in combinations_with_replacement(range(inputs.shape[1]), several)
    ]
    x = np.column_stack(products)
    weights = np.zeros((labels.shape[1], x.shape[1]))
    for _ in range(_FITS):
        yhat = 1 / (1 + np.exp(-np.clip(weights @ x.T, -30, 30)))
        for row, predicted, label in zip(weights, yhat, labels.T, strict=True):
            slope = (x * (predicted * (1 - predicted))[:, None]).T @ x + 1e-3 * np.eye(x.shape[1])
            row -= np.linalg.solve(slope, x.T @ (predicted - label) + 1e-3 * row)
    return int((~is_right(((weights @ x.T).T > 0).astype(float), labels)).sum())
