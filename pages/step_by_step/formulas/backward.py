"""The backward pass and the update with numbers."""

from pages.shared.text.quantities import (
    LOSS_WRT_BIAS,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    YHAT,
    YHAT_WRT_Z,
    partial,
)
from pages.step_by_step.formulas.latex import (
    aligned,
    bracket,
    column,
    equals,
    factor,
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


def yhat_wrt_z_numbers(shown: ShownStep) -> str:
    """Write ŷ (1 − ŷ), output by output."""
    values = [(o + 1, num(shown.step.yhat[o])) for o in shown.outputs]
    return aligned(
        (rf"\partial {YHAT}_{{{o}}}/\partial z_{{{o}}}", rf"{yhat} \cdot (1 - {yhat})") for o, yhat in values
    )


def loss_wrt_z_numbers(shown: ShownStep) -> str:
    """Write the two routes side by side."""
    step, back = shown.step, shown.step.backward
    rows = (
        rf"{num(back.loss_wrt_sigmoid[o])} \cdot {num(back.sigmoid_wrt_linear1[o])} & "
        rf"{num(step.yhat[o])} - {num(step.y[o])}"
        for o in shown.outputs
    )
    return table((rf"\text{{chain: }} {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z}", rf"\text{{fused: }} {YHAT} - y"), rows)


def loss_wrt_z_result(shown: ShownStep) -> str:
    """Write ∂L/∂z by both routes, and the difference of the two."""
    fused, chain = shown.step.loss_wrt_logits_fused, shown.step.loss_wrt_logits_chain
    rows = (f"{num(chain[o])} & {num(fused[o])} & {num(float(chain[o]) - float(fused[o]))}" for o in shown.outputs)
    heads = (rf"{LOSS_WRT_Z} \text{{ chain}}", r"\text{fused}", r"\text{difference}")
    return with_shape(table(heads, rows), fused)


def gradient_numbers(shown: ShownStep) -> str:
    """Write the outer product of ∂L/∂z and x, whose last entry is the bias's 1."""
    step = shown.step
    if not shown.is_small:
        return cell_product(shown)
    row = bracket([" & ".join([*map(num, step.x), "1"])], f"{'r' * len(step.x)}|r")
    return product(column(step.backward.loss_wrt_linear1), row)


def gradient_result(shown: ShownStep) -> str:
    """Write ∂L/∂W, with ∂L/∂b as its last column."""
    back = shown.step.backward
    arrays = back.loss_wrt_weight, back.loss_wrt_bias
    if shown.is_small:
        return equals(with_shape(with_bias(shown.step.layers[0].gradient), *arrays))
    pair = rf"\left[{LOSS_WRT_WEIGHT} \,\middle|\, {LOSS_WRT_BIAS}\right]"
    name = partial("L", shown.parameter)
    return rf"{name} = {num(gradient(shown))} \quad \text{{of}} \quad {with_shape(pair, *arrays)}"


def update_numbers(shown: ShownStep) -> str:
    """Write W − lr ∂L/∂W, with b as the last column."""
    step = shown.step
    if not shown.is_small:
        return cell_update(shown)
    before = with_bias(step.parameters_before[0])
    # In braces: where the two do not fit side by side, the second goes to the next line together with its factor.
    change = rf"{{{num(shown.step.learning_rate)} \cdot {with_bias(step.layers[0].gradient)}}}"
    return f"{before} - {change}"


def update_result(shown: ShownStep) -> str:
    """Write the new W, with the new b as its last column."""
    step = shown.step
    arrays = step.parameters_after[0][:, :-1], step.parameters_after[0][:, -1]
    if shown.is_small:
        return equals(with_shape(with_bias(step.parameters_after[0]), *arrays))
    pair = with_shape(r"\left[W \,\middle|\, b\right]", *arrays)
    return rf"{shown.parameter} = {num(parameter(shown)[1])} \quad \text{{of}} \quad {pair}"


def gradient(shown: ShownStep) -> float:
    """Give the cell's entry of ∂L/∂W or ∂L/∂b."""
    back = shown.step.backward
    return float(back.loss_wrt_bias[shown.cell[0]] if shown.is_bias else back.loss_wrt_weight[shown.cell])


def parameter(shown: ShownStep) -> tuple[float, float]:
    """Give the cell's weight or bias, before and after the update."""
    step, out = shown.step, shown.cell[0]
    if shown.is_bias:
        return float(step.parameters_before[0][out, -1]), float(step.parameters_after[0][out, -1])
    return float(step.parameters_before[0][shown.cell]), float(step.parameters_after[0][shown.cell])


def cell_product(shown: ShownStep, *, solved: bool = False) -> str:
    """Write how one cell of the gradient is formed: the error of its output times its input.

    Parameters
    ----------
    shown : ShownStep
    solved : bool
        With the result.
    """
    out, at = shown.cell
    error = shown.step.backward.loss_wrt_linear1[out]
    symbol, value = ("1", "1") if shown.is_bias else (f"x_{{{at + 1}}}", factor(shown.step.x[at]))
    name = partial("L", shown.parameter)
    lines = [(name, rf"{partial('L', f'z_{{{out + 1}}}')} \cdot {symbol}"), ("", rf"{num(error)} \cdot {value}")]
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
