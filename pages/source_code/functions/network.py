"""The functions of classifier/graph/network.py."""

from typing import Final

from classifier import LinearClassifier
from pages.shared.text.quantities import LOSS_WRT_BIAS, LOSS_WRT_WEIGHT, LOSS_WRT_YHAT, LOSS_WRT_Z, YHAT, YHAT_WRT_Z
from pages.source_code.functions.function import Function, Moment, Value, gradients, logits, weights, x, y


def _backward(at: Moment) -> list[Value]:
    return [(LOSS_WRT_Z, "loss_wrt_linear1", at.step.backward.loss_wrt_linear1), *gradients(at)]


FUNCTIONS: Final = (
    Function(
        LinearClassifier.__init__,
        rf"x \to \text{{Linear}} \to z \to \text{{Sigmoid}} \to {YHAT} \to \text{{BCE}} \to L",
        lambda at: [],
        lambda at: [("W", "linear1.weight", at.initial_weight), ("b", "linear1.bias", at.initial_bias)],
        (),
        (
            "The tutorial’s name *MyNetwork* works, too.",
            "The route to ∂L/∂z is chosen here; the tutorial knows the chain only.",
        ),
        "Sets",
    ),
    Function(
        LinearClassifier.forward,
        rf"{YHAT} = \sigma(W x + b)",
        lambda at: [x(at)],
        lambda at: [logits(at, "forward_out"), (YHAT, "sigmoid_out", at.step.sigmoid_out)],
        (1, 2),
    ),
    Function(
        LinearClassifier.forward_loss,
        rf"L = \sum_o -\left[y_o \log {YHAT}_o + (1 - y_o) \log(1 - {YHAT}_o)\right]",
        lambda at: [x(at), y(at)],
        lambda at: [("L", "loss_out", at.step.loss_out), (r"\textstyle\sum L", "total", at.step.loss_sum)],
        (3,),
        ("The loss is taken from z: see *BinaryCrossEntropyLoss.forward_from_logits*.",),
    ),
    Function(
        LinearClassifier.backward,
        rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \, x^\top, \quad {LOSS_WRT_BIAS} = {LOSS_WRT_Z}",
        lambda at: [x(at), y(at)],
        _backward,
        (6, 7),
        (
            "The tutorial forms the derivatives inside *update_weights*. Here they have a function of their own, so "
            "that they can be looked at, and checked, without training.",
        ),
    ),
    Function(
        LinearClassifier.backward_at,
        rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y",
        lambda at: [logits(at, "forward_out"), x(at), y(at)],
        _backward,
        (6, 7),
        (
            "There are two routes to ∂L/∂z. The tutorial has the chain only: its product is 0 where the sigmoid "
            "saturates, and such a sample never learns.",
        ),
    ),
    Function(
        LinearClassifier.update_weights,
        rf"W \leftarrow W - \text{{lr}} \cdot {LOSS_WRT_WEIGHT}, \quad "
        rf"b \leftarrow b - \text{{lr}} \cdot {LOSS_WRT_BIAS}",
        lambda at: [*weights(at, "linear1"), *gradients(at), (r"\text{lr}", "lr", at.step.learning_rate)],
        lambda at: [("W", "linear1.weight", at.step.weight_after), ("b", "linear1.bias", at.step.bias_after)],
        (8,),
        ("The derivatives come from *backward*; the tutorial forms them here, under the same seven names.",),
        "Sets",
    ),
)
