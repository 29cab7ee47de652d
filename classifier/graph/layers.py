"""The two layers of the graph, each with a forward pass and the partials of its own output.

x → Linear → z → Sigmoid → ŷ

A layer knows its own derivative and nothing of the loss: multiplying the partials into gradients is the
business of network.py.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
Number = TypeVar("Number", bound=np.generic)
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
    """

    output_wrt_weight: FloatArray
    output_wrt_bias: FloatArray


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
        """Return the partials of z with respect to W and b at x.

        z_o = Σ_j W_oj x_j + b_o, so ∂z_o/∂W_oj = x_j and ∂z_o/∂b_o = 1.
        """
        output_wrt_weight = x  # (in,)
        output_wrt_bias = np.ones_like(self.bias)  # (out,)
        return LinearPartials(output_wrt_weight, output_wrt_bias)


@dataclass(frozen=True, eq=False)
class SigmoidPartials:
    """The partials of ŷ = σ(x).

    Attributes
    ----------
    output_wrt_x : ndarray of the shape of x
        The diagonal of the Jacobian; its other entries are 0, because σ acts on each entry alone.
    """

    output_wrt_x: FloatArray


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

    def backward(self, x: FloatArray) -> SigmoidPartials:
        """Return the partials of ŷ with respect to x.

        σ′(x) = e^−x / (e^−x + 1)² = σ(x) · (1 − σ(x))

        From σ = 1/u with u = 1 + e^−x: dσ/dx = −1/u² · (−e^−x), and e^−x / u² = (1/u) · (1 − 1/u).

        Notes
        -----
        The tutorial uses the first form, whose square overflows below −44.4 (float32) and then gives 0. The
        second form, taken from the rounded ŷ, is the exact counterpart of the denominator ŷ − ŷ² in ∂L/∂ŷ:
        along the chain the two cancel to ŷ − y, until ŷ rounds to 1 and σ′ to 0. PyTorch does the same.
        """
        yhat = self.forward(x)
        return SigmoidPartials(yhat * (1 - yhat))


def joined(weight: NDArray[Number], bias: NDArray[Number]) -> NDArray[Number]:
    """Return [W | b], b as the last column: ndarray of shape (…, out_features, in_features + 1).

    Also of gradients and of whole histories: whatever has the shapes of W and b, (…, out, in) and (…, out).

    Examples
    --------
    >>> joined(np.array([[1.0, 2.0]]), np.array([3.0]))
    array([[1., 2., 3.]])
    """
    return np.concatenate([weight, bias[..., None]], axis=-1)


def parted(matrix: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
    """Return W and b of [W | b], as views: the inverse of `joined`."""
    return matrix[..., :-1], matrix[..., -1]
