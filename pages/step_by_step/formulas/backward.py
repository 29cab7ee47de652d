"""The backward pass and the update with numbers."""

from pages.shared.text.quantities import LOSS_WRT_YHAT, YHAT, partial
from pages.step_by_step.formulas.latex import (
    aligned,
    bracket,
    column,
    equals,
    factor,
    matrix,
    num,
    product,
    table,
    with_bias,
    with_shape,
)
from pages.step_by_step.formulas.shown_step import ShownStep


def loss_wrt_yhat_numbers(shown: ShownStep) -> str:
    """Write (ŷ − y) / (ŷ (1 − ŷ)), output by output."""
    lines = []
    for o in shown.outputs:
        yhat, y = num(shown.step.yhat[o]), num(shown.step.y[o])
        name = rf"\partial L/\partial {YHAT}_{{{o + 1}}}"
        lines.append((name, rf"({yhat} - {y}) / \left({yhat} \cdot (1 - {yhat})\right)"))
    return aligned(lines)


def loss_wrt_a_numbers(shown: ShownStep) -> str:
    """Write Wᵀ ∂L/∂z of the layer above, or the sum for the chosen unit of a large one."""
    above = shown.at(shown.layer + 1)
    if shown.is_small and above.is_small:
        return product(matrix(above.before[:, :-1].T), column(above.numbers.loss_wrt_logits))
    return unit_sum(shown)


def unit_sum(shown: ShownStep, *, solved: bool = False) -> str:
    """Write ∂L/∂a of the chosen unit as the sum that it is: over the outputs of the layer above.

    Parameters
    ----------
    shown : ShownStep
    solved : bool
        With the result.
    """
    above, unit = shown.at(shown.layer + 1), shown.cell[0]
    weights, errors = above.before[:, unit], above.numbers.loss_wrt_logits
    name = partial("L", f"{shown.symbols.output}_{{{unit + 1}}}")
    terms = [rf"{factor(weight)} \cdot {factor(error)}" for weight, error in zip(weights, errors, strict=True)]
    # One product a line: phase and picture stand beside each other, each with half the width.
    rows = [f"{'+ ' if o else ''}{term}" for o, term in enumerate(terms)]
    result = [f"= {num(shown.numbers.loss_wrt_output[unit])}"] if solved else []
    lines = r" \\ & ".join([*rows, *result])
    return rf"\begin{{aligned}}{name} = {{}} & {lines}\end{{aligned}}"


def slope_numbers(shown: ShownStep) -> str:
    """Write f′(z), output by output: a (1 − a), 1 − a², or whether z is positive."""
    names, written = shown.symbols, []
    for o in shown.outputs:
        output, z = shown.numbers.output[o], shown.numbers.logits[o]
        line = {
            "sigmoid": rf"{num(output)} \cdot (1 - {num(output)})",
            "tanh": rf"1 - {factor(output)}^2",
            "relu": rf"[\,{num(z)} > 0\,]",
        }[shown.function]
        written.append((rf"\partial {names.output}_{{{o + 1}}}/\partial {names.z}_{{{o + 1}}}", line))
    return aligned(written)


def hidden_loss_wrt_z_numbers(shown: ShownStep) -> str:
    """Write ∂L/∂a times ∂a/∂z, unit by unit."""
    names, numbers = shown.symbols, shown.numbers
    return aligned(
        (
            rf"\partial L/\partial {names.z}_{{{o + 1}}}",
            rf"{num(numbers.loss_wrt_output[o])} \cdot {factor(numbers.output_wrt_logits[o])}",
        )
        for o in shown.outputs
    )


def loss_wrt_z_numbers(shown: ShownStep) -> str:
    """Write the two routes side by side."""
    step, last = shown.step, shown.numbers
    rows = (
        rf"{num(last.loss_wrt_output[o])} \cdot {num(last.output_wrt_logits[o])} & "
        rf"{num(step.yhat[o])} - {num(step.y[o])}"
        for o in shown.outputs
    )
    slope = partial(YHAT, shown.symbols.z)
    return table((rf"\text{{chain: }} {LOSS_WRT_YHAT} \cdot {slope}", rf"\text{{fused: }} {YHAT} - y"), rows)


def loss_wrt_z_result(shown: ShownStep) -> str:
    """Write ∂L/∂z by both routes, and the difference of the two."""
    fused, chain = shown.step.loss_wrt_logits_fused, shown.step.loss_wrt_logits_chain
    rows = (f"{num(chain[o])} & {num(fused[o])} & {num(float(chain[o]) - float(fused[o]))}" for o in shown.outputs)
    heads = (rf"{partial('L', shown.symbols.z)} \text{{ chain}}", r"\text{fused}", r"\text{difference}")
    return with_shape(table(heads, rows), fused)


def gradient_numbers(shown: ShownStep) -> str:
    """Write the outer product of ∂L/∂z and x, whose last entry is the bias's 1."""
    numbers = shown.numbers
    if not shown.is_small:
        return cell_product(shown)
    row = bracket([" & ".join([*map(num, numbers.x), "1"])], f"{'r' * len(numbers.x)}|r")
    return product(column(numbers.loss_wrt_logits), row)


def gradient_result(shown: ShownStep) -> str:
    """Write ∂L/∂W, with ∂L/∂b as its last column."""
    numbers, names = shown.numbers, shown.symbols
    arrays = numbers.loss_wrt_weight, numbers.loss_wrt_bias
    if shown.is_small:
        return equals(with_shape(with_bias(numbers.gradient), *arrays))
    pair = rf"\left[{partial('L', names.weight)} \,\middle|\, {partial('L', names.bias)}\right]"
    name = partial("L", shown.parameter)
    return rf"{name} = {num(gradient(shown))} \quad \text{{of}} \quad {with_shape(pair, *arrays)}"


def update_numbers(shown: ShownStep) -> str:
    """Write W − lr ∂L/∂W, with b as the last column; of several layers, say which W it is."""
    if not shown.is_small:
        return cell_update(shown)
    names = shown.symbols
    new = rf"{_pair(shown)} \leftarrow " if names.layers > 1 else ""
    # In braces: where the two do not fit side by side, the second goes to the next line together with its factor.
    change = rf"{{{num(shown.step.learning_rate)} \cdot {with_bias(shown.numbers.gradient)}}}"
    return f"{new}{with_bias(shown.before)} - {change}"


def update_result(shown: ShownStep) -> str:
    """Write the new W, with the new b as its last column."""
    arrays = shown.after[:, :-1], shown.after[:, -1]
    if shown.is_small:
        return equals(with_shape(with_bias(shown.after), *arrays))
    return (
        rf"{shown.parameter} = {num(parameter(shown)[1])} \quad \text{{of}} \quad {with_shape(_pair(shown), *arrays)}"
    )


def _pair(shown: ShownStep) -> str:
    return rf"\left[{shown.symbols.weight} \,\middle|\, {shown.symbols.bias}\right]"


def gradient(shown: ShownStep) -> float:
    """Give the cell's entry of ∂L/∂W or ∂L/∂b."""
    return float(shown.numbers.gradient[shown.cell])


def parameter(shown: ShownStep) -> tuple[float, float]:
    """Give the cell's weight or bias, before and after the update."""
    return float(shown.before[shown.cell]), float(shown.after[shown.cell])


def cell_product(shown: ShownStep, *, solved: bool = False) -> str:
    """Write how one cell of the gradient is formed: the error of its output times its input.

    Parameters
    ----------
    shown : ShownStep
    solved : bool
        With the result.
    """
    (out, at), names = shown.cell, shown.symbols
    error = shown.numbers.loss_wrt_logits[out]
    symbol, value = ("1", "1") if shown.is_bias else (f"{names.x}_{{{at + 1}}}", factor(shown.numbers.x[at]))
    name = partial("L", shown.parameter)
    lines = [
        (name, rf"{partial('L', f'{names.z}_{{{out + 1}}}')} \cdot {symbol}"),
        ("", rf"{num(error)} \cdot {value}"),
    ]
    return aligned([*lines, ("", num(gradient(shown)))] if solved else lines)


def cell_update(shown: ShownStep, *, solved: bool = False) -> str:
    """Write the update of one weight or bias: before, the step against its gradient, and if solved after."""
    name = shown.parameter
    before, after = parameter(shown)
    lines = [
        (name, rf"{name} - \text{{lr}} \cdot {partial('L', name)}"),
        ("", rf"{num(before)} - {num(shown.step.learning_rate)} \cdot {factor(gradient(shown))}"),
    ]
    return aligned([*lines, ("", num(after))] if solved else lines, first=r"\leftarrow")
