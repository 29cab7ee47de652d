"""Samples told right, counted by hand."""

import numpy as np
import pytest

from classifier import Experiment, Run, class_accuracy, is_one_class_each


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([[1, 0], [0, 1]], True),
        ([[0, 0, 1], [0, 0, 1]], True),
        ([[1], [0]], False),
        ([[1], [1]], False),  # one output is no choice
        ([[1, 0], [0, 0]], False),
        ([[1, 0], [1, 1]], False),
        ([[0.5, 0.5], [0, 1]], False),
    ],
)
def test_labels_that_are_one_class_each(labels: list[list[float]], expected: bool) -> None:
    assert is_one_class_each(np.array(labels, np.float32)) is expected


def test_by_hand() -> None:
    y = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]], np.float32)
    first = [[0.4, 0.3, 0.1], [0.6, 0.7, 0.9], [0.1, 0.2, 0.3], [0, 0, 0]]  # right, third, right, a tie
    second = [[0.9, 0.8, 0.1], [0.1, 0.2, 0.1], [0, 0, 1], [1, 0.5, 0.9]]  # all right
    third = [[1, 1, 0], [0.5, 0.5, 0.5], [0.9, 0, 0.8], [0.1, 0.2, 0]]  # none
    assert class_accuracy(np.array([first, second, third], np.float32), y).tolist() == [0.5, 1, 0]


def test_of_entries_more_are_right_than_of_samples_and_of_samples_more_than_of_entries() -> None:
    """The two count different things: neither bounds the other."""
    y = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    run = Run(Experiment([[1, 0], [0, 1]], y.tolist(), epochs=0, initial=[[-1, -1, 0], [-2, -2, 0], [-3, -0.5, 0]]))
    history = run.history
    assert history.accuracy.tolist() == [4 / 6]
    assert class_accuracy(history.yhat, y).tolist() == [0.5]
    run = Run(Experiment([[1, 0], [0, 1]], y.tolist(), epochs=0, initial=[[3, 1, 0], [2, 2, 0], [1, 1, 0]]))
    assert run.history.accuracy.tolist() == [2 / 6]
    assert class_accuracy(run.history.yhat, y).tolist() == [1]
