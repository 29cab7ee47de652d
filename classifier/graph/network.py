"""The graph, wired by hand: the definition of what this project trains.

x → Linear → z → Sigmoid → ŷ → BinaryCrossEntropyLoss → L

It is written to be read. loop.py trains the same graph faster; a test holds the two together, step by step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from classifier.graph.layers import FloatArray, Linear, RandomSource, Sigmoid
from classifier.graph.loss import BinaryCrossEntropyLoss

Route: TypeAlias = Literal["fused", "chain"]
"""How ∂L/∂z is formed: ``fused`` = ŷ − y, ``chain`` = ∂L/∂ŷ · ∂ŷ/∂z."""


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """The seven derivatives of one backward pass, in the order in which they are formed.

    Attributes
    ----------
    loss_wrt_sigmoid : ndarray of shape (out_features,)
        ∂L/∂ŷ.
    sigmoid_wrt_linear1 : ndarray of shape (out_features,)
        ∂ŷ/∂z, the diagonal of the Jacobian.
    linear1_wrt_weight : ndarray of shape (in_features,)
        ∂z/∂W.
    linear1_wrt_bias : ndarray of shape (out_features,)
        ∂z/∂b.
    loss_wrt_linear1 : ndarray of shape (out_features,)
        ∂L/∂z, by the network's route.
    loss_wrt_weight : ndarray of shape (out_features, in_features)
        ∂L/∂W.
    loss_wrt_bias : ndarray of shape (out_features,)
        ∂L/∂b.
    """

    loss_wrt_sigmoid: FloatArray
    sigmoid_wrt_linear1: FloatArray
    linear1_wrt_weight: FloatArray
    linear1_wrt_bias: FloatArray
    loss_wrt_linear1: FloatArray
    loss_wrt_weight: FloatArray
    loss_wrt_bias: FloatArray


class LinearClassifier:
    """One linear layer, a sigmoid and binary cross-entropy, with every derivative written out.

    Parameters
    ----------
    in_features, out_features : int
        Numbers of entries of x and of y.
    rng : RandomState or Generator, optional
        Where the initial weights come from; see `Linear`.
    dtype : dtype, default float32
        Of the weights, and so of everything computed from inputs of that dtype.
    route : {"fused", "chain"}
        How ∂L/∂z is formed. Both give ŷ − y where nothing saturates; see `BinaryCrossEntropyLoss`.

    Attributes
    ----------
    linear1 : Linear
    sigmoid : Sigmoid
    loss : BinaryCrossEntropyLoss

    Examples
    --------
    >>> network = LinearClassifier(3, 4, rng=np.random.RandomState(42))
    >>> x, y = np.array([1, 3, 5], np.float32), np.array([1, 0, 0, 0], np.float32)
    >>> before = network.forward_loss(x, y)
    >>> network.update_weights(x, y, lr=0.01)
    >>> bool(network.forward_loss(x, y) < before)
    True
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: RandomSource | None = None,
        dtype: DTypeLike = np.float32,
        route: Route = "fused",
    ) -> None:
        self.in_features = in_features
        self.out_features = out_features
        self.route: Route = route
        self.linear1 = Linear(in_features, out_features, rng=rng, dtype=dtype)
        self.sigmoid = Sigmoid()
        self.loss = BinaryCrossEntropyLoss()

    @classmethod
    def from_weights(cls, weight: ArrayLike, bias: ArrayLike, *, route: Route = "fused") -> Self:
        """Return a network with a copy of these weights: shapes (out, in) and (out,)."""
        out_features, in_features = np.shape(weight)
        network = cls(in_features, out_features, rng=np.random.default_rng(0), route=route)
        network.linear1.weight, network.linear1.bias = np.array(weight), np.array(bias)
        return network

    def forward(self, x: FloatArray) -> FloatArray:
        """Return the prediction. Changes nothing.

        ŷ = σ(W x + b)

        Parameters
        ----------
        x : ndarray of shape (in_features,)

        Returns
        -------
        ndarray of shape (out_features,), probabilities in [0, 1]
        """
        forward_out = self.linear1.forward(x)  # (out,)
        sigmoid_out = self.sigmoid.forward(forward_out)  # (out,)
        return sigmoid_out

    def forward_loss(self, x: FloatArray, y: FloatArray) -> np.floating:
        """Return the loss of one sample, summed over the outputs, in nats. Changes nothing.

        L = Σ_o −[y_o log ŷ_o + (1 − y_o) log(1 − ŷ_o)]
        """
        forward_out = self.linear1.forward(x)  # (out,)
        loss_out = self.loss.forward_from_logits(forward_out, y)  # (out,)
        total: np.floating = loss_out.sum()
        return total

    def backward(self, x: FloatArray, y: FloatArray) -> BackwardPass:
        """Return every derivative of the loss of one sample. Changes nothing.

        ∂L/∂W = ∂L/∂z ⊗ x, ∂L/∂b = ∂L/∂z

        Parameters
        ----------
        x : ndarray of shape (in_features,)
        y : ndarray of shape (out_features,), entries in [0, 1]

        Returns
        -------
        BackwardPass
        """
        return self.backward_at(self.linear1.forward(x), x, y)

    backwards = backward  # the tutorial's other spelling

    def backward_at(self, forward_out: FloatArray, x: FloatArray, y: FloatArray) -> BackwardPass:
        """Return what `backward` does, from logits that are known already."""
        sigmoid_out = self.sigmoid.forward(forward_out)  # (out,)

        loss_wrt_sigmoid = self.loss.backward(sigmoid_out, y).output_wrt_yhat  # (out,)
        sigmoid_wrt_linear1 = self.sigmoid.backward(forward_out).output_wrt_x  # (out,)
        linear1 = self.linear1.backward(x)
        linear1_wrt_weight = linear1.output_wrt_weight  # (in,)
        linear1_wrt_bias = linear1.output_wrt_bias  # (out,)

        if self.route == "chain":
            loss_wrt_linear1: FloatArray = loss_wrt_sigmoid * sigmoid_wrt_linear1  # (out,)
        else:
            loss_wrt_linear1 = self.loss.backward_from_logits(forward_out, y).output_wrt_logits  # (out,)
        # z_o depends on row o of W alone, so ∂L/∂W_oj = ∂L/∂z_o · ∂z_o/∂W_oj: an outer product
        loss_wrt_weight = np.outer(loss_wrt_linear1, linear1_wrt_weight)  # (out, in)
        loss_wrt_bias = loss_wrt_linear1 * linear1_wrt_bias  # (out,)
        return BackwardPass(
            loss_wrt_sigmoid,
            sigmoid_wrt_linear1,
            linear1_wrt_weight,
            linear1_wrt_bias,
            loss_wrt_linear1,
            loss_wrt_weight,
            loss_wrt_bias,
        )

    def update_weights(self, x: FloatArray, y: FloatArray, lr: float) -> None:
        """Take one step of gradient descent on one sample. Changes W and b.

        W ← W − lr · ∂L/∂W, b ← b − lr · ∂L/∂b
        """
        gradient = self.backward(x, y)
        self.linear1.weight = self.linear1.weight - lr * gradient.loss_wrt_weight  # (out, in)
        self.linear1.bias = self.linear1.bias - lr * gradient.loss_wrt_bias  # (out,)


MyNetwork = LinearClassifier  # the tutorial's name for it

Backward: TypeAlias = Callable[[LinearClassifier, FloatArray, FloatArray], BackwardPass]
"""What forms a `BackwardPass` of a network at (x, y); `LinearClassifier.backward` is one."""
