"""What our classes are compared with: the tutorial's formulas without a guard, and its amount of work.

Written anew after Kyle Vedder's "Binary Classification Neural Network from scratch in Numpy" (see
classifier/experiment/tutorial.py). Every evaluation that the tutorial makes is made here too, the repeated ones
included, so that it is a fair opponent for tests/benchmarks/training.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass
class LossPartials:
    """∂L/∂ŷ."""

    output_wrt_yhat: np.ndarray


class Loss:
    """L = −(y log ŷ + (1 − y) log(1 − ŷ)), the sum clipped to ±100."""

    def forward(self, yhat: np.ndarray, y: np.ndarray) -> np.ndarray:
        assert y.shape == yhat.shape, f"{y.shape} is not {yhat.shape}"
        assert np.all(yhat <= 1), f"not probabilities: {yhat}"
        assert np.all(yhat >= 0), f"not probabilities: {yhat}"
        assert np.all(y <= 1), f"not labels: {y}"
        assert np.all(y >= 0), f"not labels: {y}"
        entries = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
        return np.clip(entries, -100, 100)

    def backward(self, yhat: np.ndarray, y: np.ndarray) -> LossPartials:
        return LossPartials((yhat - y) / (yhat - yhat**2))


@dataclass
class AffinePartials:
    """∂z/∂W and ∂z/∂b."""

    output_wrt_weight: np.ndarray
    output_wrt_bias: np.ndarray


class Affine:
    """z = W x + b."""

    def __init__(self, in_features: int, out_features: int, rng: np.random.RandomState) -> None:
        self.weight = rng.randn(out_features, in_features).astype(np.float32)
        self.bias = rng.randn(out_features).astype(np.float32)

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.weight @ x + self.bias

    def backward(self, x: np.ndarray) -> AffinePartials:
        return AffinePartials(x, np.ones_like(self.bias))


@dataclass
class LogisticPartials:
    """∂ŷ/∂z."""

    output_wrt_x: np.ndarray


class Logistic:
    """ŷ = 1 / (1 + e^−z)."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-x))

    def backward(self, x: np.ndarray) -> LogisticPartials:
        return LogisticPartials(np.exp(-x) / ((np.exp(-x) + 1) ** 2))


class Reference:
    """The tutorial's network, with the tutorial's evaluations."""

    def __init__(self, in_features: int, out_features: int, rng: np.random.RandomState) -> None:
        self.affine = Affine(in_features, out_features, rng)
        self.logistic = Logistic()
        self.loss = Loss()

    def forward(self, x: np.ndarray) -> np.ndarray:
        z = self.affine.forward(x)
        yhat = self.logistic.forward(z)
        return yhat

    def forward_loss(self, x: np.ndarray, y: np.ndarray) -> np.floating:
        yhat = self.forward(x)
        entries = self.loss.forward(yhat, y)
        return entries.sum()

    def update_weights(self, x: np.ndarray, y: np.ndarray, lr: float) -> None:
        z = self.affine.forward(x)
        yhat = self.logistic.forward(z)

        dl_dyhat = self.loss.backward(yhat, y).output_wrt_yhat
        dyhat_dz = self.logistic.backward(z).output_wrt_x
        dz_dweight = self.affine.backward(x).output_wrt_weight
        dz_dbias = self.affine.backward(x).output_wrt_bias

        dl_dz = dl_dyhat * dyhat_dz
        dl_dweight = np.outer(dl_dz, dz_dweight)
        dl_dbias = dl_dz * dz_dbias

        self.affine.weight = self.affine.weight - lr * dl_dweight
        self.affine.bias = self.affine.bias - lr * dl_dbias


def train(
    inputs: list[list[float]], labels: list[list[float]], *, epochs: int, lr: float, seed: int
) -> Iterator[tuple[float, Reference]]:
    """Train as the tutorial's loop does, lists turned into arrays at every step; yield each epoch's loss."""
    network = Reference(len(inputs[0]), len(labels[0]), np.random.RandomState(seed))
    for _ in range(epochs):
        total = 0.0
        for row, label_row in zip(inputs, labels, strict=True):
            x = np.array(row).astype(np.float32)
            y = np.array(label_row).astype(np.float32)
            total += network.forward_loss(x, y)
            network.update_weights(x, y, lr)
        yield float(total), network
