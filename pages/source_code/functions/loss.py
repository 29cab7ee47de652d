"""The functions of classifier/graph/loss.py."""

from typing import Final

from classifier import BinaryCrossEntropyLoss
from pages.shared.text.quantities import LOSS_WRT_YHAT, LOSS_WRT_Z, YHAT, YHAT_WRT_Z
from pages.source_code.functions.function import Function, logits, y, yhat

_LOSS: Final = BinaryCrossEntropyLoss()

FUNCTIONS: Final = (
    Function(
        BinaryCrossEntropyLoss.forward,
        rf"L = -\left[y \ln {YHAT} + (1 - y) \ln(1 - {YHAT})\right]",
        lambda at: [yhat(at), y(at)],
        lambda at: [("L", "", _LOSS.forward(at.step.yhat, at.step.y))],
        (),
        (
            "A run does not call it: the loss is taken from z. See *BinaryCrossEntropyLoss.forward_from_logits*.",
            "Each logarithm is floored at −100. The tutorial clips the finished loss to ±100: too late, because "
            "0 · log 0 is NaN by then.",
            "log(1 − ŷ) is taken as log1p(−ŷ), which keeps all digits where ŷ is small.",
            "A bad argument raises a ValueError that quotes it. The tutorial asserts, and Python leaves assertions "
            "out when it is told to optimise.",
        ),
    ),
    Function(
        BinaryCrossEntropyLoss.backward,
        rf"{LOSS_WRT_YHAT} = -\frac{{y}}{{{YHAT}}} + \frac{{1 - y}}{{1 - {YHAT}}} = "
        rf"\frac{{{YHAT} - y}}{{{YHAT} - {YHAT}^2}}",
        lambda at: [yhat(at), y(at)],
        lambda at: [(LOSS_WRT_YHAT, "output_wrt_yhat", at.step.layers[-1].loss_wrt_output)],
        (4,),
        (
            "The denominator is floored at 10⁻¹². The tutorial divides by 0 where ŷ has been rounded to 0 or 1.",
            "ŷ − ŷ² is written ŷ(1 − ŷ): the same product as in *Sigmoid.backward*, so that the two cancel.",
            "The tutorial’s name *backwards* works, too.",
        ),
    ),
    Function(
        BinaryCrossEntropyLoss.forward_from_logits,
        r"L = \max(z, 0) - z y + \ln\left(1 + e^{-|z|}\right)",
        lambda at: [logits(at), y(at)],
        lambda at: [("L", "", at.step.loss)],
        (3,),
        (
            "Not in the tutorial: the same loss from z instead of ŷ. ŷ is not rounded to 0 or 1 on the way, so no "
            "floor is needed. This is the loss that a run reports.",
        ),
    ),
    Function(
        BinaryCrossEntropyLoss.backward_from_logits,
        rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y",
        lambda at: [logits(at), y(at)],
        lambda at: [(LOSS_WRT_Z, "output_wrt_logits", at.step.loss_wrt_logits_fused)],
        (6,),
        (
            "Not in the tutorial: the fused route. The product is formed on paper, so its factors can neither "
            "overflow nor vanish, and the most wrong sample has the largest gradient.",
        ),
    ),
)
