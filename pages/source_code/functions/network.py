"""The functions of classifier/graph/network.py."""

from typing import Final

from classifier import Network
from pages.shared.text.quantities import (
    LOSS_WRT_A,
    LOSS_WRT_BIAS,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    PASSED_DOWN,
    YHAT,
    YHAT_WRT_Z,
)
from pages.source_code.functions.function import Function, Moment, Value, gradients, into, logits, weights, x, y


def _owner(at: Moment) -> str:
    return f"layers[{at.layer}]"


def _backward(at: Moment) -> list[Value]:
    down = [] if at.is_last else [(LOSS_WRT_A, "loss_wrt_output", at.numbers.loss_wrt_output)]
    return [*down, (LOSS_WRT_Z, "loss_wrt_logits", at.numbers.loss_wrt_logits), *gradients(at)]


FUNCTIONS: Final = (
    Function(
        Network.__init__,
        rf"x \to \text{{Linear}} \to z \to \text{{Sigmoid}} \to {YHAT} \to \text{{BCE}} \to L",
        lambda at: [],
        lambda at: [
            ("W", f"{_owner(at)}.weight", at.initial[:, :-1]),
            ("b", f"{_owner(at)}.bias", at.initial[:, -1]),
        ],
        (),
        (
            "The tutorial’s class *MyNetwork* is a network of one layer, under the tutorial’s names.",
            "The route to ∂L/∂z is chosen here; the tutorial knows the chain only.",
        ),
        "Sets",
        rf"x \to \text{{Linear}} \to z \to f \to a \to \dots \to z \to \text{{Sigmoid}} \to {YHAT} "
        r"\to \text{BCE} \to L",
    ),
    Function(
        Network.forward,
        rf"{YHAT} = \sigma(W x + b)",
        lambda at: [x(at)],
        lambda at: [logits(at), (YHAT, "", at.step.yhat)],
        (1, 2),
        ("It goes through *forward_layers*, for there can be several; the tutorial has one.",),
        deep=rf"a = f(W x + b), \quad \dots, \quad {YHAT} = \sigma(W a + b)",
    ),
    Function(
        Network.forward_loss,
        rf"L = \sum_o -\left[y_o \ln {YHAT}_o + (1 - y_o) \ln(1 - {YHAT}_o)\right]",
        lambda at: [x(at), y(at)],
        lambda at: [("L", "loss", at.step.loss), (r"\textstyle\sum L", "total", at.step.loss_sum)],
        (3,),
        ("The loss is taken from z: see *BinaryCrossEntropyLoss.forward_from_logits*.",),
    ),
    Function(
        Network.forward_layers,
        r"z = W x + b, \quad a = f(z)",
        lambda at: [x(at)],
        lambda at: [into(at, "inputs"), logits(at)],
        (1,),
        ("The tutorial has one layer, and no need to keep what goes into each.",),
    ),
    Function(
        Network.backward,
        rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \, x^\top, \quad {LOSS_WRT_BIAS} = {LOSS_WRT_Z}, \quad {PASSED_DOWN}",
        lambda at: [x(at), y(at)],
        _backward,
        (6, 7),
        (
            "The tutorial forms the derivatives inside *update_weights*. Here they have a function of their own, so "
            "that they can be looked at, and checked, without training.",
        ),
    ),
    Function(
        Network.backward_at,
        rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y, \quad {PASSED_DOWN}",
        lambda at: [into(at, "inputs"), logits(at), y(at)],
        _backward,
        (6, 7),
        (
            "There are two routes to ∂L/∂z. The tutorial has the chain only: its product is 0 where the sigmoid "
            "saturates, and such a sample never learns.",
        ),
        deep=rf"\begin{{aligned}} &\text{{last: }} {LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y \\ "
        rf"&\text{{below: }} {PASSED_DOWN} \\ &{LOSS_WRT_Z} = {LOSS_WRT_A} \odot f'(z) \end{{aligned}}",
    ),
    Function(
        Network.update_weights,
        rf"W \leftarrow W - \text{{lr}} \cdot {LOSS_WRT_WEIGHT}, \quad "
        rf"b \leftarrow b - \text{{lr}} \cdot {LOSS_WRT_BIAS}",
        lambda at: [*weights(at, _owner(at)), *gradients(at), (r"\text{lr}", "lr", at.step.learning_rate)],
        lambda at: weights(at, _owner(at), after=True),
        (8,),
        ("The derivatives come from *backward*; the tutorial forms them here.",),
        "Sets",
    ),
)
