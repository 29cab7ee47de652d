"""A network of any depth with none of our derivatives: each is the imaginary part of the loss at w + ih, over h.

No difference is formed, so nothing cancels and h can be 10⁻³⁰: the derivatives are exact to the last digits of float64.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from classifier import Experiment

STEP = 1e-30
BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z.real > 0, z, 0),
}


def losses(parameters: Sequence[np.ndarray], activation: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the loss of each output: log(1 + e^z) − y z."""
    a = x
    for k, matrix in enumerate(parameters):
        z = matrix @ np.append(a, 1)
        if k < len(parameters) - 1:
            a = BENDS[activation](z)
    return np.log(1 + np.exp(z)) - y * z


def gradients(parameters: Sequence[np.ndarray], activation: str, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Return ∂L/∂[W | b] of each layer."""
    found = [np.empty_like(matrix) for matrix in parameters]
    for k, matrix in enumerate(parameters):
        moved = [other.astype(complex) for other in parameters]
        for place in np.ndindex(matrix.shape):
            moved[k][place] += STEP * 1j
            found[k][place] = losses(moved, activation, x, y).sum().imag / STEP
            moved[k][place] = matrix[place]
    return found


def train(
    experiment: Experiment, parameters: Sequence[np.ndarray]
) -> Iterator[tuple[float, list[list[np.ndarray]], list[np.ndarray]]]:
    """Train, and give of each epoch its running loss, the gradients of each step, and the weights after it."""
    matrices = [matrix.astype(float) for matrix in parameters]
    for epoch in range(experiment.epochs):
        total, steps = 0.0, []
        for x, y in zip(experiment.input_array, experiment.label_array, strict=True):
            total += losses(matrices, experiment.activation, x, y).sum()
            steps.append(gradients(matrices, experiment.activation, x, y))
            rate = experiment.rate_at(epoch)
            matrices = [matrix - rate * gradient for matrix, gradient in zip(matrices, steps[-1], strict=True)]
        yield total, steps, matrices
