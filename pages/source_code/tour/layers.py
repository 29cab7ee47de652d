"""The tour of classifier/graph/layers.py."""

from __future__ import annotations

from typing import Final

from classifier import Linear, Sigmoid
from pages.source_code.tour.stop import YHAT, YHAT_Z, Stop, d, logits, weights, x

STOPS: Final = (
    Stop(
        Linear.__init__,
        r"W_{oj},\, b_o \sim \mathcal{N}(0, 1)",
        lambda at: [],
        lambda at: [("W", "self.weight", at.initial_weight), ("b", "self.bias", at.initial_bias)],
        (),
        (
            "The generator of the random numbers is handed in. The tutorial seeds NumPy’s global one, which all "
            "visitors of a server would share. RandomState(42) gives the tutorial’s initial weights bit for bit.",
            "The precision is a parameter; the tutorial’s is float32.",
        ),
        "Sets",
    ),
    Stop(
        Linear.forward,
        "z = W x + b",
        lambda at: [*weights(at), x(at)],
        lambda at: [logits(at, "")],
        (1,),
    ),
    Stop(
        Linear.backward,
        rf"{d('z_o', 'W_{oj}')} = x_j, \quad {d('z_o', 'b_o')} = 1",
        lambda at: [x(at)],
        lambda at: [
            (d("z", "W"), "output_wrt_weight", at.step.backward.linear1_wrt_weight),
            (d("z", "b"), "output_wrt_bias", at.step.backward.linear1_wrt_bias),
        ],
        (7,),
    ),
    Stop(
        Sigmoid.forward,
        r"\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}",
        lambda at: [logits(at, "x")],
        lambda at: [(YHAT, "", at.step.yhat)],
        (2,),
        (
            "Each z gets that of the two forms whose exponent is not positive, so nothing overflows. The tutorial "
            "has the first form alone, which overflows below −88.7 (float32).",
        ),
    ),
    Stop(
        Sigmoid.backward,
        rf"{YHAT_Z} = \frac{{e^{{-z}}}}{{\left(e^{{-z}} + 1\right)^2}} = {YHAT} \, (1 - {YHAT})",
        lambda at: [logits(at, "x")],
        lambda at: [(YHAT_Z, "output_wrt_x", at.step.backward.sigmoid_wrt_linear1)],
        (5,),
        (
            "The second form, from ŷ. The tutorial has the first, whose square overflows below −44.4 (float32): the "
            "slope is then 0, without a word.",
        ),
    ),
)
