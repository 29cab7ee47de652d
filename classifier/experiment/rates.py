"""The learning rate over the epochs: one to start with, and changes on the way.

A schedule is a tuple of changes (epoch, rate): from that epoch on, counted from 0, the steps are taken at
that rate. Epoch 500 is the one after 500 epochs trained, so a change made at position 500 is (500, rate).
"""

from collections.abc import Sequence
from typing import TypeAlias, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.experiment.limits import MAX_EPOCHS
from classifier.experiment.validation import (
    ExperimentError,
    Place,
    check_number,
    check_whole_number,
    items,
    plain,
    shown,
    title,
)

Schedule: TypeAlias = tuple[tuple[int, float], ...]
"""Changes of the learning rate, (epoch, rate), by ascending epoch."""

MAX_LEARNING_RATE = 100.0
MAX_CHANGES = 32
"""Most changes of the learning rate: more would be a curve, not a handful of decisions."""


def check_rate(value: object, where: str = title("learning_rate"), **place: Unpack[Place]) -> float:
    """Return a learning rate as a float.

    Raises
    ------
    ExperimentError
        If it is no finite number, or not between 0 and `MAX_LEARNING_RATE`.
    """
    rate = check_number(value, where, **place)
    if not 0 <= rate <= MAX_LEARNING_RATE:
        rule = f"{plain(rate)} is out of range. The learning rate lies between 0 and {MAX_LEARNING_RATE:g}."
        raise ExperimentError(rule, where, **place)
    return rate


def check_schedule(schedule: object) -> Schedule:
    """Return a schedule in its normal form.

    Parameters
    ----------
    schedule : sequence of pairs (epoch, rate)
        Epochs ascend from 1: what holds from epoch 0 on is the learning rate itself. A change may lie beyond
        the epochs of the experiment, where it does nothing: fewer epochs must not cost the changes that more
        of them had.

    Raises
    ------
    ExperimentError
        If it is anything else. The row of the error is the number of the change, from 0; its column is 0 for the
        epoch and 1 for the rate.
    """
    field, name = "schedule", title("schedule")
    changes = items(schedule)
    if changes is None:
        raise ExperimentError(f"{shown(schedule)} is not a list of changes (epoch, rate).", name, field=field)
    if len(changes) > MAX_CHANGES:
        rule = f"{len(changes)} changes of the learning rate are too many. There may be at most {MAX_CHANGES}."
        raise ExperimentError(rule, name, row=MAX_CHANGES, field=field)
    checked: list[tuple[int, float]] = []
    for row, change in enumerate(changes):
        where = f"{name}, change {row + 1}"
        pair = items(change)
        if pair is None or len(pair) != 2:
            rule = f"{shown(change)} is not a change. Give an epoch and a rate."
            raise ExperimentError(rule, where, row=row, field=field)
        at = Place(row=row, column=0, field=field)
        epoch = check_whole_number(pair[0], f"{where}, epoch", MAX_EPOCHS, **at)
        if epoch <= (before := checked[-1][0] if checked else 0):
            order = (
                "Changes stand in the order of their epochs." if checked else "The first change is at epoch 1 or later."
            )
            raise ExperimentError(f"epoch {epoch} does not come after {before}. {order}", where, **at)
        checked.append((epoch, check_rate(pair[1], f"{where}, rate", row=row, column=1, field=field)))
    return tuple(checked)


def rates_at(learning_rate: float, schedule: Schedule, epochs: ArrayLike) -> NDArray[np.float64]:
    """Return the rate of each epoch: ndarray of the shape of ``epochs``.

    Examples
    --------
    >>> rates_at(0.01, ((500, 0.1),), [0, 499, 500, 2000])
    array([0.01, 0.01, 0.1 , 0.1 ])
    """
    rates = np.array([learning_rate, *(rate for _, rate in schedule)])
    return rates[np.searchsorted([epoch for epoch, _ in schedule], epochs, side="right")]


def with_rate_from(
    learning_rate: float, schedule: Sequence[tuple[int, float]], position: int, rate: float
) -> tuple[float, Schedule]:
    """Return learning rate and schedule of a training that goes on at another rate from a position on.

    Every later change is dropped. A change to the rate that holds already is not added.

    Examples
    --------
    >>> with_rate_from(0.01, ((500, 0.1), (800, 1.0)), 600, 0.05)
    (0.01, ((500, 0.1), (600, 0.05)))
    >>> with_rate_from(0.01, ((500, 0.1), (800, 1.0)), 500, 0.01)
    (0.01, ())
    """
    if position <= 0:
        return rate, ()
    kept = tuple(change for change in schedule if change[0] < position)
    merged = rate == (kept[-1][1] if kept else learning_rate)
    return learning_rate, kept if merged else (*kept, (position, rate))
