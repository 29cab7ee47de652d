"""The functions of classifier/graph/layers.py."""

from typing import Final

import numpy as np

from classifier import Linear, ReLU, Sigmoid, Tanh
from classifier.graph.layers import Activation
from pages.shared.text.quantities import YHAT, YHAT_WRT_Z, Z_WRT_BIAS, Z_WRT_WEIGHT, partial
from pages.source_code.functions.function import Function, into, logits, weights

_SLOPE: Final = partial("a", "z")
_ONLY_SIGMOID: Final = ("Not in the tutorial, which has no hidden layer and so the sigmoid alone.",)


def _bend(activation: type[Activation], formula: str, slope: str) -> tuple[Function, Function]:
    """Show the two methods of an activation that the tutorial does not have."""
    return (
        Function(
            activation.forward,
            formula,
            lambda at: [logits(at, "x")],
            lambda at: [("a", "", activation().forward(at.numbers.logits))],
            (2,),
            _ONLY_SIGMOID,
        ),
        Function(
            activation.backward,
            f"{_SLOPE} = {slope}",
            lambda at: [logits(at, "x")],
            lambda at: [(_SLOPE, "output_wrt_x", activation().backward(at.numbers.logits).output_wrt_x)],
            (5,),
            _ONLY_SIGMOID,
        ),
    )


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
    Function(Linear.forward, "z = W x + b", lambda at: [*weights(at), into(at)], lambda at: [logits(at, "")], (1,)),
    Function(
        Linear.backward,
        rf"{partial('z_o', 'W_{oj}')} = x_j, \quad {partial('z_o', 'b_o')} = 1, "
        rf"\quad {partial('z_o', 'x_j')} = W_{{oj}}",
        lambda at: [into(at)],
        lambda at: [
            (Z_WRT_WEIGHT, "output_wrt_weight", at.numbers.x),
            (Z_WRT_BIAS, "output_wrt_bias", np.ones_like(at.numbers.logits)),
            (partial("z", "x"), "output_wrt_x", at.step.parameters_before[at.layer][:, :-1]),
        ],
        (7,),
        ("The tutorial has one layer and no need of ∂z/∂x = W, through which a layer passes its error down.",),
    ),
    Function(
        Sigmoid.forward,
        r"\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}",
        lambda at: [logits(at, "x")],
        lambda at: [(YHAT if at.is_last else "a", "", Sigmoid().forward(at.numbers.logits))],
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
        lambda at: [
            (YHAT_WRT_Z if at.is_last else _SLOPE, "output_wrt_x", Sigmoid().backward(at.numbers.logits).output_wrt_x)
        ],
        (5,),
        (
            "The second form, from ŷ. The tutorial has the first, whose square overflows below −44.4 (float32): the "
            "slope is then 0, without a word.",
        ),
    ),
    *_bend(Tanh, r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}", "1 - a^2"),
    *_bend(ReLU, r"\mathrm{ReLU}(z) = \max(z, 0)", r"[\,z > 0\,]"),
)
