"""The graph, wired by hand: the definition of what this project trains.

x → Linear → z → f → a → … → Linear → z → Sigmoid → ŷ → BinaryCrossEntropyLoss → L

It is written to be read. loop.py trains the same graph faster; a test holds the two together, step by step.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from classifier.graph.layers import ACTIVATIONS, Activation, ActivationName, FloatArray, Linear, RandomSource, Sigmoid
from classifier.graph.loss import BinaryCrossEntropyLoss

Route: TypeAlias = Literal["fused", "chain"]
"""How ∂L/∂z of the last layer is formed: ``fused`` = ŷ − y, ``chain`` = ∂L/∂ŷ · ∂ŷ/∂z."""


@dataclass(frozen=True, eq=False)
class LayerPass:
    """One layer's numbers of one pass forward and back.

    Attributes
    ----------
    x : ndarray of shape (in_features,)
        What comes in: the output of the layer below.
    logits, output : ndarrays of shape (out_features,)
        z = W x + b and a = f(z); the last layer's output is ŷ.
    loss_wrt_output : ndarray of shape (out_features,)
        ∂L/∂a.
    output_wrt_logits : ndarray of shape (out_features,)
        ∂a/∂z, the diagonal of the Jacobian.
    loss_wrt_logits : ndarray of shape (out_features,)
        ∂L/∂z; of the last layer by the network's route.
    loss_wrt_weight : ndarray of shape (out_features, in_features)
        ∂L/∂W.
    loss_wrt_bias : ndarray of shape (out_features,)
        ∂L/∂b.
    """

    x: FloatArray
    logits: FloatArray
    output: FloatArray
    loss_wrt_output: FloatArray
    output_wrt_logits: FloatArray
    loss_wrt_logits: FloatArray
    loss_wrt_weight: FloatArray
    loss_wrt_bias: FloatArray

    @property
    def gradient(self) -> FloatArray:
        """∂L/∂[W | b]: ndarray of shape (out_features, in_features + 1)."""
        return np.column_stack([self.loss_wrt_weight, self.loss_wrt_bias])


class Network:
    """Linear layers with an activation each, and binary cross-entropy, with every derivative written out.

    Parameters
    ----------
    layers : sequence of Linear, or of [W | b]
        From the first to the last. A matrix has the bias as its last column, (out_features, in_features + 1), and is
        copied.
    activation : {"sigmoid", "tanh", "relu"}
        Of every layer but the last, whose outputs are probabilities: it has a sigmoid.
    route : {"fused", "chain"}
        How ∂L/∂z of the last layer is formed. Both give ŷ − y where nothing saturates; see `BinaryCrossEntropyLoss`.

    Attributes
    ----------
    layers : tuple of Linear
    activations : tuple of Activation
    loss : BinaryCrossEntropyLoss

    Examples
    --------
    >>> network = Network.from_sizes((3, 2, 4), rng=np.random.RandomState(42), activation="tanh")
    >>> x, y = np.array([1, 3, 5], np.float32), np.array([1, 0, 0, 0], np.float32)
    >>> [layer.loss_wrt_weight.shape for layer in network.backward(x, y)]
    [(2, 3), (4, 2)]
    """

    def __init__(
        self, layers: Sequence[Linear | ArrayLike], *, activation: ActivationName = "sigmoid", route: Route = "fused"
    ) -> None:
        self.route: Route = route
        self.layers = tuple(each if isinstance(each, Linear) else Linear.from_parameters(each) for each in layers)
        hidden = [ACTIVATIONS[activation]() for _ in self.layers[1:]]
        self.activations: tuple[Activation, ...] = (*hidden, Sigmoid())
        self.loss = BinaryCrossEntropyLoss()

    @classmethod
    def from_sizes(
        cls,
        sizes: Sequence[int],
        *,
        rng: RandomSource | None = None,
        dtype: DTypeLike = np.float32,
        activation: ActivationName = "sigmoid",
        route: Route = "fused",
    ) -> Self:
        """Return a network with drawn weights: W of the first layer, its b, W of the second, and so on.

        Parameters
        ----------
        sizes : sequence of int
            Numbers of inputs, of units of each hidden layer, and of outputs.
        rng, dtype
            See `Linear`.
        """
        rng = np.random.RandomState() if rng is None else rng
        layers = [Linear(below, above, rng=rng, dtype=dtype) for below, above in pairwise(sizes)]
        return cls(layers, activation=activation, route=route)

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """Return the same network with weights of its own, in another dtype if one is given."""
        copied = copy(self)
        copied.layers = tuple(Linear.from_parameters(layer.parameters.astype(dtype)) for layer in self.layers)
        return copied

    def forward(self, x: FloatArray) -> FloatArray:
        """Return the prediction. Changes nothing.

        a = f(W x + b), layer by layer; ŷ is the last a.

        Parameters
        ----------
        x : ndarray of shape (in_features,)

        Returns
        -------
        ndarray of shape (out_features,), probabilities in [0, 1]
        """
        _, logits = self.forward_layers(x)
        return self.activations[-1].forward(logits[-1])

    def forward_loss(self, x: FloatArray, y: FloatArray) -> np.floating:
        """Return the loss of one sample, summed over the outputs, in nats. Changes nothing.

        L = Σ_o −[y_o log ŷ_o + (1 − y_o) log(1 − ŷ_o)]
        """
        _, logits = self.forward_layers(x)
        loss = self.loss.forward_from_logits(logits[-1], y)  # (out,)
        total: np.floating = loss.sum()
        return total

    def forward_layers(self, x: FloatArray) -> tuple[list[FloatArray], list[FloatArray]]:
        """Return what goes into each layer, and its logits: two lists, the first layer first. Changes nothing."""
        inputs, logits = [x], [self.layers[0].forward(x)]
        for layer, activation in zip(self.layers[1:], self.activations, strict=False):
            inputs.append(activation.forward(logits[-1]))  # a of the layer below is x of this one
            logits.append(layer.forward(inputs[-1]))
        return inputs, logits

    def backward(self, x: FloatArray, y: FloatArray) -> tuple[LayerPass, ...]:
        """Return every derivative of the loss of one sample, the first layer first. Changes nothing.

        ∂L/∂W = ∂L/∂z ⊗ x, ∂L/∂b = ∂L/∂z, and for the layer below ∂L/∂a = Wᵀ ∂L/∂z

        Parameters
        ----------
        x : ndarray of shape (in_features,)
        y : ndarray of shape (out_features,), entries in [0, 1]

        Returns
        -------
        tuple of LayerPass
        """
        inputs, logits = self.forward_layers(x)
        return self.backward_at(inputs, logits, y)

    def backward_at(
        self, inputs: Sequence[FloatArray], logits: Sequence[FloatArray], y: FloatArray
    ) -> tuple[LayerPass, ...]:
        """Return what `backward` does, from every layer's inputs and logits, that are known already."""
        yhat = self.activations[-1].forward(logits[-1])  # (out,)
        outputs = [*inputs[1:], yhat]
        passes: list[LayerPass] = []

        loss_wrt_output = self.loss.backward(yhat, y).output_wrt_yhat  # ∂L/∂ŷ: (out,)
        for k in reversed(range(len(self.layers))):
            output_wrt_logits = self.activations[k].backward(logits[k]).output_wrt_x  # (out,)
            if self.route == "fused" and not passes:  # the last layer
                loss_wrt_logits = self.loss.backward_from_logits(logits[k], y).output_wrt_logits  # (out,)
            else:
                loss_wrt_logits = loss_wrt_output * output_wrt_logits  # (out,)
            linear = self.layers[k].backward(inputs[k])
            # z_o depends on row o of W alone, so ∂L/∂W_oj = ∂L/∂z_o · ∂z_o/∂W_oj: an outer product
            loss_wrt_weight = np.outer(loss_wrt_logits, linear.output_wrt_weight)  # (out, in)
            loss_wrt_bias = loss_wrt_logits * linear.output_wrt_bias  # (out,)
            passes.append(
                LayerPass(
                    inputs[k],
                    logits[k],
                    outputs[k],
                    loss_wrt_output,
                    output_wrt_logits,
                    loss_wrt_logits,
                    loss_wrt_weight,
                    loss_wrt_bias,
                )
            )
            # x_j reaches the loss through every z_o, so ∂L/∂x_j = Σ_o ∂z_o/∂x_j · ∂L/∂z_o: Wᵀ ∂L/∂z
            loss_wrt_output = (
                linear.output_wrt_x.T @ loss_wrt_logits
            )  # (in, out) @ (out,) → (in,), a of the layer below
        return tuple(reversed(passes))

    def update_weights(self, x: FloatArray, y: FloatArray, lr: float) -> None:
        """Take one step of gradient descent on one sample. Changes W and b of every layer.

        W ← W − lr · ∂L/∂W, b ← b − lr · ∂L/∂b
        """
        passes = self.backward(x, y)  # of all layers, before any weight changes
        for layer, gradient in zip(self.layers, passes, strict=True):
            layer.weight = layer.weight - lr * gradient.loss_wrt_weight  # (out, in)
            layer.bias = layer.bias - lr * gradient.loss_wrt_bias  # (out,)


Backward: TypeAlias = Callable[[Network, FloatArray, FloatArray], tuple[LayerPass, ...]]
"""What forms the passes of a network at (x, y); `Network.backward` is one."""


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """The seven derivatives of one layer, by the tutorial's names, in the order in which they are formed.

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

    @classmethod
    def of(cls, layer: LayerPass) -> Self:
        """Return a layer's numbers by these names; ∂z/∂W is x, and ∂z/∂b is 1."""
        return cls(
            layer.loss_wrt_output,
            layer.output_wrt_logits,
            layer.x,
            np.ones_like(layer.logits),
            layer.loss_wrt_logits,
            layer.loss_wrt_weight,
            layer.loss_wrt_bias,
        )


class LinearClassifier:
    """The tutorial's network: a `Network` of one layer, under the tutorial's names.

    Parameters
    ----------
    in_features, out_features : int
        Numbers of entries of x and of y.
    rng : RandomState or Generator, optional
        Where the initial weights come from; see `Linear`.
    dtype : dtype, default float32
        Of the weights, and so of everything computed from inputs of that dtype.
    route : {"fused", "chain"}
        See `Network`.

    Attributes
    ----------
    network : Network
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
        self.network = Network([self.linear1], route=route)
        self.sigmoid, self.loss = self.network.activations[0], self.network.loss

    @classmethod
    def from_weights(cls, weight: ArrayLike, bias: ArrayLike, *, route: Route = "fused") -> Self:
        """Return a network with a copy of these weights: shapes (out, in) and (out,)."""
        out_features, in_features = np.shape(weight)
        network = cls(in_features, out_features, rng=np.random.default_rng(0), route=route)
        network.linear1.weight, network.linear1.bias = np.array(weight), np.array(bias)
        return network

    def forward(self, x: FloatArray) -> FloatArray:
        """Return the prediction ŷ = σ(W x + b): ndarray of shape (out_features,)."""
        return self.network.forward(x)

    def forward_loss(self, x: FloatArray, y: FloatArray) -> np.floating:
        """Return the loss of one sample, summed over the outputs, in nats."""
        return self.network.forward_loss(x, y)

    def backward(self, x: FloatArray, y: FloatArray) -> BackwardPass:
        """Return every derivative of the loss of one sample. Changes nothing."""
        return BackwardPass.of(self.network.backward(x, y)[0])

    backwards = backward  # the tutorial's other spelling

    def update_weights(self, x: FloatArray, y: FloatArray, lr: float) -> None:
        """Take one step of gradient descent on one sample. Changes W and b."""
        self.network.update_weights(x, y, lr)


MyNetwork = LinearClassifier  # the tutorial's name for it
