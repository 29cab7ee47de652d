"""What a layer is made of, each part with a forward pass and the partials of its own output.

x → Linear → z → Sigmoid, Tanh or ReLU → a

Each knows its own derivative and nothing of the loss: multiplying the partials into gradients is the
business of network.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
RandomSource: TypeAlias = np.random.RandomState | np.random.Generator


@dataclass(frozen=True, eq=False)
class LinearPartials:
    """The partials of z = W x + b.

    Attributes
    ----------
    output_wrt_weight : ndarray of shape (in_features,)
        ∂z_o/∂W_oj = x_j, the same for every output o.
    output_wrt_bias : ndarray of shape (out_features,)
        ∂z_o/∂b_o = 1.
    output_wrt_x : ndarray of shape (out_features, in_features)
        ∂z_o/∂x_j = W_oj, the Jacobian.
    """

    output_wrt_weight: FloatArray
    output_wrt_bias: FloatArray
    output_wrt_x: FloatArray


class Linear:
    """A weighted sum of the inputs, plus a bias.

    z = W x + b

    Parameters
    ----------
    in_features, out_features : int
        Numbers of entries of x and of z.
    rng : RandomState or Generator, optional
        Where the initial weights come from: standard normal, first W row by row, then b. A fresh,
        unpredictable RandomState if left out.
    dtype : dtype, default float32
        Of weight and bias.

    Notes
    -----
    The tutorial draws from NumPy's global generator. Here the generator is handed in, because a server runs
    many sessions in one process. ``RandomState(42)`` gives the tutorial's initial weights bit for bit.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: RandomSource | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        rng = np.random.RandomState() if rng is None else rng
        self.in_features = in_features
        self.out_features = out_features
        self.weight: FloatArray = rng.standard_normal((out_features, in_features)).astype(dtype)
        self.bias: FloatArray = rng.standard_normal(out_features).astype(dtype)

    @classmethod
    def from_parameters(cls, parameters: ArrayLike) -> Self:
        """Return a layer with a copy of [W | b], b as the last column: shape (out_features, in_features + 1)."""
        matrix = np.array(parameters)
        layer = cls(matrix.shape[1] - 1, len(matrix), rng=np.random.default_rng(0))
        layer.weight, layer.bias = matrix[:, :-1], matrix[:, -1]
        return layer

    @property
    def parameters(self) -> FloatArray:
        """[W | b], b as the last column, a copy: ndarray of shape (out_features, in_features + 1)."""
        return np.column_stack([self.weight, self.bias])

    def forward(self, x: FloatArray) -> FloatArray:
        """Return the logits.

        z = W x + b

        Parameters
        ----------
        x : ndarray of shape (in_features,)

        Returns
        -------
        ndarray of shape (out_features,)
        """
        return self.weight @ x + self.bias  # (out, in) @ (in,) + (out,) → (out,)

    def backward(self, x: FloatArray) -> LinearPartials:
        """Return the partials of z with respect to W, b and x, at x.

        z_o = Σ_j W_oj x_j + b_o, so ∂z_o/∂W_oj = x_j, ∂z_o/∂b_o = 1 and ∂z_o/∂x_j = W_oj.
        """
        output_wrt_weight = x  # (in,)
        output_wrt_bias = np.ones_like(self.bias)  # (out,)
        output_wrt_x = self.weight  # (out, in)
        return LinearPartials(output_wrt_weight, output_wrt_bias, output_wrt_x)


@dataclass(frozen=True, eq=False)
class ActivationPartials:
    """The partials of a = f(x).

    Attributes
    ----------
    output_wrt_x : ndarray of the shape of x
        The diagonal of the Jacobian; its other entries are 0, because f acts on each entry alone.
    """

    output_wrt_x: FloatArray


SigmoidPartials = ActivationPartials  # the tutorial's name for it


class Activation(Protocol):
    """What bends a layer's logits, entry by entry."""

    def forward(self, x: FloatArray) -> FloatArray:
        """Return f(x)."""

    def backward(self, x: FloatArray) -> ActivationPartials:
        """Return f′(x)."""


class Sigmoid:
    """The logistic function, entry by entry: a probability in [0, 1] from a logit."""

    def forward(self, x: FloatArray) -> FloatArray:
        """Return the probabilities.

        σ(x) = 1 / (1 + e^−x) for x ≥ 0, and e^x / (1 + e^x) for x < 0

        Parameters
        ----------
        x : ndarray of any shape
            The logits.

        Returns
        -------
        ndarray of the shape of x, entries in [0, 1]

        Notes
        -----
        Both forms are the same number. The exponent is never positive, so nothing overflows; the tutorial's
        single form overflows below −88.7 (float32) or −709.8 (float64).

        Examples
        --------
        >>> Sigmoid().forward(np.array([-1000.0, 0.0, 1000.0]))
        array([0. , 0.5, 1. ])
        """
        e = np.exp(-np.abs(x))
        return np.asarray(np.where(x >= 0, 1, e) / (1 + e))

    def backward(self, x: FloatArray) -> ActivationPartials:
        """Return the partials of ŷ with respect to x.

        σ′(x) = e^−x / (e^−x + 1)² = σ(x) · (1 − σ(x))

        From σ = 1/u with u = 1 + e^−x: dσ/dx = −1/u² · (−e^−x), and e^−x / u² = (1/u) · (1 − 1/u).

        Notes
        -----
        The tutorial uses the first form, whose square overflows below −44.4 (float32) and then gives 0. The
        second form, taken from the rounded ŷ, is the exact counterpart of the denominator ŷ − ŷ² in ∂L/∂ŷ:
        along the chain the two cancel to ŷ − y, until ŷ − ŷ² falls below the guard of the loss, or ŷ rounds to 1.
        """
        yhat = self.forward(x)
        return ActivationPartials(yhat * (1 - yhat))


class Tanh:
    """The hyperbolic tangent, entry by entry: −1 to 1, and 0 at 0."""

    def forward(self, x: FloatArray) -> FloatArray:
        """Return tanh(x) = (e^x − e^−x) / (e^x + e^−x)."""
        return np.tanh(x)

    def backward(self, x: FloatArray) -> ActivationPartials:
        """Return the partials of a = tanh(x) with respect to x: tanh′(x) = 1 − a²."""
        a = self.forward(x)
        return ActivationPartials(1 - a * a)


class ReLU:
    """The rectifier, entry by entry: x where it is positive, 0 elsewhere."""

    def forward(self, x: FloatArray) -> FloatArray:
        """Return max(x, 0)."""
        return np.maximum(x, 0)

    def backward(self, x: FloatArray) -> ActivationPartials:
        """Return the partials of a = max(x, 0) with respect to x: 1 where x > 0, 0 elsewhere.

        At x = 0 there is a kink and no derivative; 0 is taken there, as PyTorch and TensorFlow do.
        """
        return ActivationPartials((x > 0).astype(x.dtype))


ActivationName: TypeAlias = Literal["sigmoid", "tanh", "relu"]
ACTIVATIONS: Final[Mapping[str, type[Activation]]] = MappingProxyType({"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU})
"""Those that hidden layers may have, by the name that stands in an address."""
