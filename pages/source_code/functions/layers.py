"""The functions of classifier/graph/layers.py."""

from typing import Final

from classifier import Linear, Sigmoid
from pages.shared.text.quantities import YHAT, YHAT_WRT_Z, Z_WRT_BIAS, Z_WRT_WEIGHT, partial
from pages.source_code.functions.function import Function, logits, weights, x

FUNCTIONS: Final = (
    Function(
        Linear.__init__,
        r"W_{oj},\, b_o \sim \mathcal{N}(0, 1)",
        lambda at: [],
        lambda at: [("W", "self.weight", at.initial[:, :-1]), ("b", "self.bias", at.initial[:, -1])],
        (),
        (
            "The generator of the random numbers is handed in. The tutorial seeds NumPy’s global one, which all "
            "visitors of a server would share. RandomState(42) gives the tutorial’s initial weights bit for bit.",
            "The precision is a parameter; the tutorial’s is float32.",
        ),
        "Sets",
    ),
    Function(Linear.forward, "z = W x + b", lambda at: [*weights(at), x(at)], lambda at: [logits(at, "")], (1,)),
    Function(
        Linear.backward,
        rf"{partial('z_o', 'W_{oj}')} = x_j, \quad {partial('z_o', 'b_o')} = 1",
        lambda at: [x(at)],
        lambda at: [
            (Z_WRT_WEIGHT, "output_wrt_weight", at.step.backward.linear1_wrt_weight),
            (Z_WRT_BIAS, "output_wrt_bias", at.step.backward.linear1_wrt_bias),
        ],
        (7,),
    ),
    Function(
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
    Function(
        Sigmoid.backward,
        rf"{YHAT_WRT_Z} = \frac{{e^{{-z}}}}{{\left(e^{{-z}} + 1\right)^2}} = {YHAT} \, (1 - {YHAT})",
        lambda at: [logits(at, "x")],
        lambda at: [(YHAT_WRT_Z, "output_wrt_x", at.step.backward.sigmoid_wrt_linear1)],
        (5,),
        (
            "The second form, from ŷ. The tutorial has the first, whose square overflows below −44.4 (float32): the "
            "slope is then 0, without a word.",
        ),
    ),
)
