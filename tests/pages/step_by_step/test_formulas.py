"""What the formulas show is what the core computed: every number is parsed back out of the LaTeX."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from numpy.typing import ArrayLike

from classifier import Experiment, Run
from pages.step_by_step.formulas.backward import cell_product, cell_update, unit_sum
from pages.step_by_step.formulas.forward import z_numbers
from pages.step_by_step.formulas.phases import entry, note, phases
from pages.step_by_step.formulas.shown_step import ShownStep

TUTORIAL = Experiment.tutorial()
PHASES = phases(1)
# Fixed by name, so that a number's tokens are found whatever stands around them: "-1.23 \cdot 10^{-5}" is one number.
NUMBER = re.compile(r"-?\d+\.\d+(?: \\cdot 10\^\{-?\d+\})?")


def numbers(latex: str) -> list[float]:
    """Return every number with a decimal point; indices and shapes have none."""
    return [
        float(re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", found)) for found in NUMBER.findall(latex.replace("(", " "))
    ]


def holds(latex: str, *expected: ArrayLike) -> None:
    """Hold the numbers of a formula, in their order, against the core's."""
    flat = np.concatenate([np.ravel(values) for values in expected])
    np.testing.assert_allclose(numbers(latex), flat, rtol=5.1e-6, atol=0)


def small(
    epoch: int = 317, sample: int = 1, experiment: Experiment = TUTORIAL, cell: tuple[int, int] = (0, 0)
) -> ShownStep:
    run = Run(experiment)
    run.advance(max_epochs=epoch + 1)
    return ShownStep(run.step(epoch, sample), cell)


@pytest.fixture(scope="module")
def large() -> ShownStep:
    random = np.random.default_rng(1)
    inputs, labels = random.normal(size=(20, 64)).round(3), random.integers(0, 2, size=(20, 16))
    return small(3, 19, Experiment(inputs, labels, epochs=9), (15, 63))


@pytest.mark.parametrize(("epoch", "sample"), [(0, 0), (317, 1), (1999, 4)])
@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_number_of_a_small_network_is_the_cores(epoch: int, sample: int, route: str, dtype: str) -> None:
    shown = small(epoch, sample, TUTORIAL.replace(route=route, dtype=dtype))
    step, back = shown.step, shown.step.layers[-1]
    y, yhat, one = step.y, step.yhat, np.ones(4)
    before, after = step.parameters_before[0], step.parameters_after[0]
    gradient = step.layers[0].gradient
    chain, fused = step.loss_wrt_logits_chain, step.loss_wrt_logits_fused
    difference = chain.astype(np.float64) - fused
    numbers_of = [
        (step.parameters_before[0][:, :-1], step.x, step.parameters_before[0][:, -1]),
        # 1 / (1 + e^{-z}): the sign in front of the exponent is the formula's own
        (np.where(step.logits < 0, step.logits, -step.logits),),
        None,  # below
        (np.column_stack([yhat, y, yhat, yhat]),),
        (np.column_stack([yhat, yhat]),),
        (np.column_stack([back.loss_wrt_output, back.output_wrt_logits, yhat, y]),),
        (back.loss_wrt_logits, step.x),
        (before, [0.01], gradient),
    ]
    results = [
        (step.logits,),
        (yhat,),
        (step.loss, [step.loss_sum]),
        (back.loss_wrt_output,),
        (back.output_wrt_logits,),
        (np.column_stack([chain, fused, difference]),),
        (gradient,),
        (after,),
    ]
    for phase, expected, result in zip(PHASES, numbers_of, results, strict=True):
        if expected is not None:
            holds(phase.numbers(shown), *expected)
        holds(phase.result(shown), *result)
    if yhat.max() < 0.999:
        holds(PHASES[2].numbers(shown), np.column_stack([y, yhat, y, yhat]))
    assert one.shape == yhat.shape


def test_a_hand_calculation_with_the_shown_digits_adds_up() -> None:
    shown = small()
    step = shown.step
    cells = numbers(PHASES[0].numbers(shown))
    weight, x, bias = np.reshape(cells[:12], (4, 3)), np.array(cells[12:15]), np.array(cells[15:])
    np.testing.assert_allclose(weight @ x + bias, step.logits, rtol=1e-5)
    y, yhat, rest_y, rest = np.reshape(numbers(PHASES[2].numbers(shown)), (4, 4)).T
    by_hand = -(y * np.log(yhat) + (1 - rest_y) * np.log(1 - rest))
    np.testing.assert_allclose(by_hand, step.loss, rtol=2e-5)


def test_shapes_stand_below_the_results() -> None:
    shown = small()
    for phase, shapes in zip(PHASES, ["(4,)"] * 6 + ["(4, 3)"] * 2, strict=True):
        assert rf"\text{{{shapes}}}" in phase.result(shown)


def test_a_large_network_shows_the_entries_of_the_chosen_output(large: ShownStep) -> None:
    step, back = large.step, large.step.layers[-1]
    terms = np.column_stack([step.parameters_before[0][:, :-1][15], step.x]).ravel()
    holds(PHASES[0].numbers(large), terms, step.parameters_before[0][:, -1][15:])
    entries = (step.logits, step.yhat, None, back.loss_wrt_output, back.output_wrt_logits)
    for phase, values in zip(PHASES, entries, strict=False):
        if values is not None:
            holds(phase.result(large), values[15:16])
    holds(PHASES[2].result(large), step.loss[15:16], [step.loss_sum])
    holds(PHASES[6].result(large), back.loss_wrt_weight[15, 63])
    holds(PHASES[7].result(large), step.parameters_after[0][15, 63])
    assert r"\text{(16, 64)}" in PHASES[6].result(large)


@pytest.mark.parametrize("cell", [(0, 0), (2, 1), (3, 3)])
def test_a_cell_is_its_own_product_and_its_own_update(cell: tuple[int, int]) -> None:
    shown = small(cell=cell)
    step, back, (out, column) = shown.step, shown.step.layers[-1], cell
    is_bias = column == 3
    gradient = back.loss_wrt_bias[out] if is_bias else back.loss_wrt_weight[cell]
    before, after = (
        (step.parameters_before[0][out, -1], step.parameters_after[0][out, -1])
        if is_bias
        else (step.parameters_before[0][:, :-1][cell], step.parameters_after[0][:, :-1][cell])
    )
    factors = [back.loss_wrt_logits[out]] + ([] if is_bias else [step.x[column]])
    holds(cell_product(shown, solved=True), factors, gradient)
    holds(cell_product(shown), factors)
    holds(cell_update(shown, solved=True), [before, 0.01, gradient, after])
    holds(cell_update(shown), [before, 0.01, gradient])
    name = f"b_{{{out + 1}}}" if is_bias else f"W_{{{out + 1},{column + 1}}}"
    assert cell_update(shown).startswith(rf"\begin{{aligned}}{name} & \leftarrow {name} - \text{{lr}}")


def test_the_entry_to_guess_is_the_chosen_cells() -> None:
    shown = small(cell=(2, 1))
    step, back = shown.step, shown.step.layers[-1]
    assert [entry(phase, shown) for phase in range(1, 9)] == [
        ("z[3]", step.logits[2]),
        ("ŷ[3]", step.yhat[2]),
        ("L[3]", step.loss[2]),
        ("∂L/∂ŷ[3]", back.loss_wrt_output[2]),
        ("∂ŷ/∂z[3]", back.output_wrt_logits[2]),
        ("∂L/∂z[3]", back.loss_wrt_logits[2]),
        ("∂L/∂W[3,2]", back.loss_wrt_weight[2, 1]),
        ("new W[3,2]", step.parameters_after[0][2, 1]),
    ]
    assert entry(8, small(cell=(2, 3)))[0] == "new b[3]"


def test_where_yhat_rounds_to_1_the_loss_is_written_from_z_and_said_so() -> None:
    shown = small(0, 0, Experiment([[1e4]], [[0.0]], seed=42))
    step = shown.step
    assert step.yhat[0] == 1
    assert r"\ln 1" not in PHASES[2].numbers(shown)
    z, size = numbers(PHASES[2].numbers(shown))[0], abs(float(step.logits[0]))
    assert max(z, 0) + math.log1p(math.exp(-size)) == pytest.approx(step.loss[0], rel=1e-5)
    assert "from z" in note(3, shown)
    # And where it rounds to 0, or keeps a few bits of a number next to it.
    for start in (-516.5, -102.9):
        low = small(0, 0, Experiment([[1]], [[1.0]], initial=[[start, 0]]))
        z, *_ = numbers(PHASES[2].numbers(low))
        assert max(z, 0) - z == pytest.approx(low.step.loss[0], rel=1e-5)
        assert "from z" in note(3, low)
    assert "10⁻¹²" in note(4, shown)
    assert "ŷ − y is right" in note(6, shown)
    assert note(6, small()) == ""
    assert note(3, small()) == note(4, small()) == ""


def test_one_saturated_output_is_enough_for_a_note() -> None:
    def notes(z: float, label: float) -> list[str]:
        shown = small(0, 0, Experiment([[1]], [[label, 1.0]], initial=[[z, 0], [0, 0]]))
        return [note(phase, shown) for phase in range(1, 9)]

    assert notes(0, 0.0) == [""] * 8
    near_1 = notes(7.6, 0.0)
    assert ["from z" in near_1[2], *("close to 1" in said for said in near_1[3:6])] == [True] * 4
    assert near_1[:2] + near_1[6:] == [""] * 4
    at_1 = notes(30, 0.0)
    assert "10⁻¹²" in at_1[3]
    assert "close to 1" in at_1[4]
    assert "saturated" in at_1[5]


@pytest.mark.parametrize("phase", range(8))
def test_braces_and_environments_close(phase: int, large: ShownStep) -> None:
    for shown in (small(), large, small(0, 0, Experiment([[1e4]], [[0.0]]))):
        for latex in (PHASES[phase].formula, PHASES[phase].numbers(shown), PHASES[phase].result(shown)):
            assert latex.count("{") == latex.count("}")
            assert latex.count(r"\left") - latex.count(r"\leftarrow") == latex.count(r"\right")
            assert latex.count(r"\begin") == latex.count(r"\end")


def test_what_is_negative_and_added_stands_in_parentheses(large: ShownStep) -> None:
    step, out = large.step, large.cell[0]
    written = z_numbers(large)
    assert (step.parameters_before[0][:, :-1][out, 1:] < 0).sum() > 5
    assert not re.search(r"\+ (\\\\ & )?-", written)
    alone = z_numbers(small(0, 0, Experiment(np.ones((1, 9)), [[1]], epochs=1, initial=[[-1.0] * 9 + [-6.0]])))
    assert alone.endswith(r"+ (-6.00000)\end{aligned}")
    assert "-1.00000 \\cdot" in alone


def test_a_matrix_that_is_a_result_leaves_no_sign_behind_on_a_narrow_screen() -> None:
    for phase in PHASES[6:]:
        assert phase.result(small()).startswith("{= ")  # a group, which no line ends in


BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z.real > 0, z, 0),
}


def forward(
    experiment: Experiment, matrices: list[np.ndarray], sample: int, nudge: tuple[str, int, int] | None = None
) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Give z, a and L by formulas of this test's own; one entry of a z or an a may be nudged by 10⁻²⁰⁰ i."""

    def nudged(kind: str, k: int, values: np.ndarray) -> np.ndarray:
        moved = values.astype(complex)
        if nudge is not None and nudge[:2] == (kind, k):
            moved[nudge[2]] += 1e-200j
        return moved

    x, y = np.array(experiment.inputs[sample]), np.array(experiment.labels[sample])
    zs, outputs = [], []
    for k, matrix in enumerate(matrices):
        z = nudged("z", k, matrix[:, :-1] @ x + matrix[:, -1])
        bend = experiment.activation if k < len(matrices) - 1 else "sigmoid"
        x = nudged("output", k, BENDS[bend](z))
        zs.append(z)
        outputs.append(x)
    return zs, outputs, -y * np.log(x) - (1 - y) * np.log(1 - x)


def slope(of: np.ndarray) -> np.ndarray:
    """Give a derivative by a step into the imaginary: nothing is subtracted, so no digit is lost."""
    return np.asarray(of.imag / 1e-200)


@pytest.mark.parametrize("seed", range(40))
def test_every_number_of_every_phase_is_a_derivative_by_another_way(seed: int) -> None:
    random = np.random.default_rng(seed)
    sizes = [int(n) for n in random.integers(1, 6, random.integers(2, 6))]
    experiment = Experiment(
        random.normal(size=(2, sizes[0])).round(3),
        random.integers(0, 2, (2, sizes[-1])),
        hidden=tuple(sizes[1:-1]),
        activation=("sigmoid", "tanh", "relu")[seed % 3],
        route=("fused", "chain")[seed % 2],
        dtype="float64",
        learning_rate=0.25,
        epochs=2,
        seed=seed,
    )
    step = small(1, 1, experiment).step
    before = list(step.parameters_before)
    layers = len(before)
    zs, outputs, losses = forward(experiment, before, 1)
    assert len(phases(layers)) == 6 * layers + 2
    for number, phase in enumerate(phases(layers, experiment.activation), start=1):
        for at in phase.shown(ShownStep(step, (0, 0), activation=experiment.activation)):
            k = at.layer
            for out, column in np.ndindex(before[k].shape):
                if phase.kind == "update" and k < layers - 1:
                    continue  # an entry of it is one of the last layer; of the others see below
                nudged = {
                    "loss_wrt_output": ("output", k, out),
                    "loss_wrt_z": ("z", k, out),
                    "slope": ("z", k, out),
                }.get(phase.kind)
                _, moved, loss = forward(experiment, before, 1, nudged)
                expected = {
                    "z": zs[k].real[out],
                    "output": outputs[k].real[out],
                    "loss": losses.real[min(out, len(losses) - 1)],
                    "loss_wrt_output": slope(loss.sum()),
                    "loss_wrt_z": slope(loss.sum()),
                    "slope": slope(moved[k])[out],
                }.get(phase.kind)
                if expected is None:
                    changed = [matrix.astype(complex) for matrix in before]
                    changed[k][out, column] += 1e-200j
                    gradient = slope(forward(experiment, changed, 1)[2].sum())
                    expected = gradient if phase.kind == "gradient" else before[k][out, column] - 0.25 * gradient
                _, value = entry(number, ShownStep(step, (out, column), k, experiment.activation))
                assert value == pytest.approx(expected, rel=1e-12, abs=1e-12), (phase.title, out, column)
            if at.is_small:  # what is written is this, too
                result = {
                    "z": at.numbers.logits,
                    "output": at.numbers.output,
                    "loss_wrt_output": at.numbers.loss_wrt_output,
                    "slope": at.numbers.output_wrt_logits,
                    "gradient": at.numbers.gradient,
                    "update": at.before - 0.25 * at.numbers.gradient,
                }.get(phase.kind)
                if result is not None:
                    holds(phase.result(at), result)
            for latex in (phase.formula, phase.numbers(at), phase.result(at)):
                assert latex.count("{") == latex.count("}")


def test_what_comes_down_is_written_as_a_sum_over_the_outputs_above() -> None:
    shown = small(experiment=TUTORIAL.replace(hidden=(4,), activation="tanh"), cell=(2, 0)).at(0)
    step = shown.step
    weights, errors = step.parameters_before[1][:, 2], step.layers[1].loss_wrt_logits
    total = step.layers[0].loss_wrt_output[2]
    holds(unit_sum(shown, solved=True), np.column_stack([weights, errors]), total)
    assert float(weights @ errors) == pytest.approx(float(total), rel=1e-5)
    assert unit_sum(shown).startswith(r"\begin{aligned}\frac{\partial L}{\partial a^{1}_{3}} = ")
    down = phases(2, "tanh")[9]
    assert down.formula.endswith(r"\left(W^{2}\right)^\top \frac{\partial L}{\partial z^{2}}")


def test_the_kink_of_relu_is_named() -> None:
    experiment = Experiment([[1]], [[1]], hidden=(1,), activation="relu", initial=[[[0, 0]], [[1, 0]]], epochs=1)
    shown = ShownStep(small(0, 0, experiment).step, (0, 0), activation="relu")
    assert "kink" in note(11, shown)
    assert note(10, shown) == ""
