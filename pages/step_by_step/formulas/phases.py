r"""The phases of a step as formulas: in symbols, with the numbers of this step, and the result with its shape.

Pure strings of LaTeX. A small layer (up to 4 inputs and 4 outputs) shows whole matrices; a larger one the entries of
one output that is chosen. Every number is one of the `Step`'s. One layer has eight phases, each further one six more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from numpy.typing import NDArray

from classifier.graph.layers import ACTIVATIONS, ActivationName
from pages.shared.text.names import numbered_parameter
from pages.shared.text.quantities import LOSS_WRT_YHAT, YHAT, partial
from pages.step_by_step.formulas import backward, forward
from pages.step_by_step.formulas.latex import vector
from pages.step_by_step.formulas.order import Kind, Symbols, order
from pages.step_by_step.formulas.shown_step import ShownStep

_FLOOR: Final = 1e-12
# A difference between the routes that is larger than this does not come from rounding the last digits.
_LOST: Final = 1e-3


@dataclass(frozen=True)
class Phase:
    """One phase of a step.

    Attributes
    ----------
    kind : str
    layer : int
        From 0; of the update, which is of all, the last one.
    title : str
        What is computed, and what it is called.
    formula : str
        In symbols.
    says : str
        One sentence.
    code : str
        The function that computes it.
    numbers : callable
        Writes the formula with numbers, without its result; takes the step at this layer.
    result : callable
        Writes the result, with its shape.
    """

    kind: Kind
    layer: int
    title: str
    formula: str
    says: str
    code: str
    numbers: Callable[[ShownStep], str]
    result: Callable[[ShownStep], str]

    def shown(self, shown: ShownStep) -> list[ShownStep]:
        """Give the step at each layer that this phase is about."""
        return [shown.at(k) for k in range(len(shown.step.layers))] if self.kind == "update" else [shown.at(self.layer)]


def phases_of(shown: ShownStep) -> tuple[Phase, ...]:
    """Give the phases of a step, in the order in which they are computed."""
    return phases(len(shown.step.layers), shown.activation)


@cache
def phases(layers: int, activation: ActivationName = "sigmoid") -> tuple[Phase, ...]:
    """Give the phases of a network with so many layers, in the order in which they are computed."""
    return tuple(_phase(kind, Symbols(k, layers), activation) for kind, k in order(layers))


def _phase(kind: Kind, names: Symbols, activation: ActivationName) -> Phase:
    written = {
        "z": _z,
        "output": _yhat if names.is_last else _output,
        "loss": _loss,
        "loss_wrt_output": _loss_wrt_yhat if names.is_last else _loss_wrt_output,
        "slope": _yhat_wrt_z if names.is_last else _slope,
        "loss_wrt_z": _loss_wrt_z if names.is_last else _hidden_loss_wrt_z,
        "gradient": _gradient,
        "update": _update,
    }[kind]
    return Phase(kind, names.layer, *written(names, activation))


_Written = tuple[str, str, str, str, Callable[[ShownStep], str], Callable[[ShownStep], str]]


def _z(names: Symbols, _: ActivationName) -> _Written:
    return (
        f"{names.plain('z')}, the weighted sums",
        f"{names.z} = {names.weight} {names.x} + {names.bias}",
        "Each unit weighs the inputs with its own row of W and adds its bias."
        if names.layer == 0
        else f"Each unit weighs the outputs of the layer below, {names.plain_x}, with its own row of W.",
        "Linear.forward",
        forward.z_numbers,
        lambda shown: vector(names.z, shown.numbers.logits, shown),
    )


def _yhat(names: Symbols, _: ActivationName) -> _Written:
    return (
        "ŷ, the predictions",
        rf"{YHAT} = \sigma({names.z}) = \frac{{1}}{{1 + e^{{-{names.z}}}}}",
        "The sigmoid makes each sum a probability: 0.5 where z is 0, above it where z is positive.",
        "Sigmoid.forward",
        forward.output_numbers,
        lambda shown: vector(YHAT, shown.numbers.output, shown),
    )


def _output(names: Symbols, activation: ActivationName) -> _Written:
    z = names.z
    formula, says = {
        "sigmoid": (rf"\sigma({z}) = \frac{{1}}{{1 + e^{{-{z}}}}}", "The sigmoid bends each sum into 0 to 1."),
        "tanh": (rf"\tanh({z})", "The hyperbolic tangent bends each sum into −1 to 1; 0 stays 0."),
        "relu": (rf"\max({z}, 0)", "A positive sum stays as it is, a negative one becomes 0."),
    }[activation]
    return (
        f"{names.plain('a')}, the outputs of layer {names.layer + 1}",
        f"{names.output} = {formula}",
        f"{says} Without the bend, two layers would be one.",
        f"{ACTIVATIONS[activation].__name__}.forward",
        forward.output_numbers,
        lambda shown: vector(names.output, shown.numbers.output, shown),
    )


def _loss(_: Symbols, __: ActivationName) -> _Written:
    return (
        "L, the loss",
        rf"L = -\left[y \ln {YHAT} + (1 - y) \ln(1 - {YHAT})\right]",
        "How surprising each label is to its prediction, in nats: 0 would be certain and right. "
        "The code computes it from z.",
        "BinaryCrossEntropyLoss.forward_from_logits",
        forward.loss_numbers,
        forward.loss_result,
    )


def _loss_wrt_yhat(_: Symbols, __: ActivationName) -> _Written:
    return (
        "∂L/∂ŷ, the slope of the loss",
        rf"{LOSS_WRT_YHAT} = \frac{{{YHAT} - y}}{{{YHAT} \, (1 - {YHAT})}}",
        "Negative where ŷ should grow, positive where it should shrink.",
        "BinaryCrossEntropyLoss.backward",
        backward.loss_wrt_yhat_numbers,
        lambda shown: vector(LOSS_WRT_YHAT, shown.numbers.loss_wrt_output, shown),
    )


def _loss_wrt_output(names: Symbols, _: ActivationName) -> _Written:
    above, by = names.above, partial("L", names.output)
    return (
        f"∂L/∂{names.plain('a')}, what comes down from layer {names.layer + 2}",
        rf"{by} = \left({above.weight}\right)^\top {partial('L', above.z)}",
        "A unit reaches the loss through every unit above it: its share is the sum of their errors, each times "
        f"the weight between. That is a column of {above.plain('W')}, hence the transpose.",
        "Network.backward_at",
        backward.loss_wrt_a_numbers,
        lambda shown: vector(by, shown.numbers.loss_wrt_output, shown),
    )


def _yhat_wrt_z(names: Symbols, _: ActivationName) -> _Written:
    slope = partial(YHAT, names.z)
    return (
        f"∂ŷ/∂{names.plain('z')}, the slope of the sigmoid",
        rf"{slope} = {YHAT} \, (1 - {YHAT})",
        "How fast each prediction follows its sum: at most 0.25, and almost 0 where ŷ is near 0 or 1.",
        "Sigmoid.backward",
        backward.slope_numbers,
        lambda shown: vector(slope, shown.numbers.output_wrt_logits, shown),
    )


def _slope(names: Symbols, activation: ActivationName) -> _Written:
    slope, a = partial(names.output, names.z), names.output
    called, formula, says = {
        "sigmoid": (
            "the sigmoid",
            rf"{a} \, (1 - {a})",
            "At most 0.25: each sigmoid on the way takes three quarters or more.",
        ),
        "tanh": ("tanh", rf"1 - \left({a}\right)^2", "1 where z is 0, and almost 0 where a is near −1 or 1."),
        "relu": ("ReLU", rf"[\,{names.z} > 0\,]", "1 where z is positive, else 0: there nothing is passed back."),
    }[activation]
    return (
        f"∂{names.plain('a')}/∂{names.plain('z')}, the slope of {called}",
        f"{slope} = {formula}",
        says,
        f"{ACTIVATIONS[activation].__name__}.backward",
        backward.slope_numbers,
        lambda shown: vector(slope, shown.numbers.output_wrt_logits, shown),
    )


def _loss_wrt_z(names: Symbols, _: ActivationName) -> _Written:
    return (
        f"∂L/∂{names.plain('z')}, the error of each output",
        rf"{partial('L', names.z)} = {LOSS_WRT_YHAT} \cdot {partial(YHAT, names.z)} = {YHAT} - y",
        "The chain rule multiplies the two slopes; worked out on paper, the product is ŷ − y.",
        "Network.backward",
        backward.loss_wrt_z_numbers,
        backward.loss_wrt_z_result,
    )


def _hidden_loss_wrt_z(names: Symbols, _: ActivationName) -> _Written:
    by = partial("L", names.z)
    return (
        f"∂L/∂{names.plain('z')}, the error of each unit",
        rf"{by} = {partial('L', names.output)} \odot {partial(names.output, names.z)}",
        "The chain rule again, unit by unit: what came down, times the slope there.",
        "Network.backward_at",
        backward.hidden_loss_wrt_z_numbers,
        lambda shown: vector(by, shown.numbers.loss_wrt_logits, shown),
    )


def _gradient(names: Symbols, _: ActivationName) -> _Written:
    by = partial("L", names.z)
    return (
        f"∂L/∂{names.plain('W')} and ∂L/∂{names.plain('b')}, the gradient",
        rf"{partial('L', names.weight)} = {by} \, {_transposed(names)}, "
        rf"\quad {partial('L', names.bias)} = {by} \cdot 1",
        "Each weight’s share is the error of its output times its own input; the bias has the input 1.",
        "Linear.backward",
        backward.gradient_numbers,
        backward.gradient_result,
    )


def _transposed(names: Symbols) -> str:
    return rf"\left({names.x}\right)^\top" if names.layer else r"x^\top"


def _update(names: Symbols, _: ActivationName) -> _Written:
    weight, bias = ("W", "b") if names.layers == 1 else ("W^{k}", "b^{k}")
    return (
        "The update of W and b" if names.layers == 1 else "The update of every W and b",
        rf"{weight} \leftarrow {weight} - \text{{lr}} \cdot {partial('L', weight)}, \quad "
        rf"{bias} \leftarrow {bias} - \text{{lr}} \cdot {partial('L', bias)}",
        "Every weight takes a small step against its gradient; the next sample meets the new weights."
        + " All gradients were formed with the weights of before." * (names.layers > 1),
        "Network.update_weights",
        backward.update_numbers,
        backward.update_result,
    )


def entry(phase: int, shown: ShownStep) -> tuple[str, float]:
    """Give the name, in plain text, and the value of one entry of a phase's result; the cell says which.

    Parameters
    ----------
    phase : int
        From 1.
    shown : ShownStep
        Of the update, which is of all layers, its own layer counts.
    """
    chosen = phases_of(shown)[phase - 1]
    shown = shown if chosen.kind == "update" else shown.at(chosen.layer)
    names, numbers, (out, column) = shown.symbols, shown.numbers, shown.cell
    if chosen.kind in ("gradient", "update"):
        name = numbered_parameter(out, None if shown.is_bias else column)
        name = names.plain(name[0]) + name[1:]
        return (
            (f"∂L/∂{name}", backward.gradient(shown))
            if chosen.kind == "gradient"
            else (f"new {name}", backward.parameter(shown)[1])
        )
    z, output = names.plain("z"), names.plain_output
    values: dict[str, tuple[str, NDArray[Any]]] = {
        "z": (z, numbers.logits),
        "output": (output, numbers.output),
        "loss": ("L", shown.step.loss),
        "loss_wrt_output": (f"∂L/∂{output}", numbers.loss_wrt_output),
        "slope": (f"∂{output}/∂{z}", numbers.output_wrt_logits),
        "loss_wrt_z": (f"∂L/∂{z}", numbers.loss_wrt_logits),
    }
    name, array = values[chosen.kind]
    return f"{name}[{out + 1}]", float(array[out])


def shape(phase: int, shown: ShownStep) -> str:
    """Give the shape of a phase's result, as NumPy writes it; of the update, that of every W."""
    chosen = phases_of(shown)[phase - 1]
    if chosen.kind in ("gradient", "update"):
        return ", ".join(str(at.numbers.loss_wrt_weight.shape) for at in chosen.shown(shown))
    return str(shown.at(chosen.layer).numbers.logits.shape)


def note(phase: int, shown: ShownStep) -> str:
    """Say where six digits are too few to check a result by hand, or where a guard acted; "" where neither is so."""
    chosen = phases_of(shown)[phase - 1]
    shown = shown.at(chosen.layer)
    outputs = list(shown.outputs)
    if shown.function == "relu":
        kink = chosen.kind == "slope" and bool((shown.numbers.logits[outputs] == 0).any())
        return "At z = 0 ReLU has a kink and no slope; 0 is taken there." * kink
    output, last = shown.numbers.output[outputs], shown.symbols.is_last
    lost = shown.step.loss_wrt_logits_fused - shown.step.loss_wrt_logits_chain
    if last and chosen.kind == "loss_wrt_z" and float(abs(lost[outputs]).max()) > _LOST:
        return "The sigmoid is saturated: the chain’s product is off, by rounding or by its guard. ŷ − y is right."
    if last and chosen.kind == "loss_wrt_output" and float((output * (1 - output)).min()) < _FLOOR:
        return "Where ŷ(1 − ŷ) is below 10⁻¹², the code divides by 10⁻¹² instead."
    if chosen.kind == "loss" and any(map(forward.is_out_of_digits, output)):
        return "Where ŷ has no digits left for it, L is written from z, as the code computes it: the same number."
    near = float(abs(output).max()) > forward.NEAR_ONE
    if near and last and chosen.kind in ("loss_wrt_output", "slope", "loss_wrt_z"):
        return "Where ŷ is close to 1, six digits of it do not carry 1 − ŷ; the result is formed with all digits."
    if near and not last and chosen.kind == "slope":
        return "Where a is close to 1 or −1, six digits of it do not carry the slope; it is formed with all digits."
    return ""
