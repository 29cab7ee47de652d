"""The pictures of a step hold the core's numbers, and frame what is chosen."""

from __future__ import annotations

import re

import numpy as np
import pytest

from classifier import Experiment, Run, Step
from pages.shared.charts.enlarged import FACTOR, enlarged
from pages.shared.examples import EXAMPLES
from pages.step_by_step.charts.changes import changes
from pages.step_by_step.charts.outer_product import outer_product, passed_down
from pages.step_by_step.formulas.shown_step import ShownStep
from pages.step_by_step.graph import graph
from tests.plotly_rules import assert_plotly_reads

TUTORIAL = Experiment.tutorial()


def steps_of(experiment: Experiment = TUTORIAL, epoch: int = 3) -> list[Step]:
    run = Run(experiment)
    run.advance(max_epochs=epoch + 1)
    return [run.step(epoch, sample) for sample in range(experiment.samples)]


def test_the_outer_product_is_the_gradient_between_its_two_factors() -> None:
    step = steps_of()[1]
    figure = outer_product(TUTORIAL, step, (2, 1)).draw()
    assert_plotly_reads(figure)
    product, top, side = figure["data"]
    shown = np.array(product["z"])
    np.testing.assert_array_equal(shown[:, :3], step.layers[-1].loss_wrt_weight)
    np.testing.assert_array_equal(shown[:, 3], step.layers[-1].loss_wrt_bias)
    np.testing.assert_array_equal(top["z"], [[*step.x, 1]])
    np.testing.assert_array_equal(np.array(side["z"])[:, 0], step.layers[-1].loss_wrt_logits)
    assert product["hovertext"][2][1::2] == ["∂L/∂W[y₃, x₂]", "∂L/∂b[y₃]"]
    error, x = float(step.layers[-1].loss_wrt_logits[2]), float(step.x[1])
    assert product["customdata"][2][1] == f"{error:.9g} · {x:.9g} = {shown[2, 1]:.9g}"
    assert [trace.get("hoverinfo") for trace in figure["data"]] == [None, "skip", "skip"], "only a product is pressed"
    cell, above, beside = figure["layout"]["shapes"]
    assert [cell[end] for end in ("x0", "x1", "y0", "y1")] == [0.5, 1.5, 1.5, 2.5]
    assert (above["x0"], above["yref"]) == (0.5, "y2")
    assert (beside["y0"], beside["xref"]) == (1.5, "x2")


def test_the_outer_product_has_room_for_the_digits_of_every_cell() -> None:
    def least(experiment: Experiment) -> tuple[float, float]:
        figure = outer_product(experiment, steps_of(experiment, 0)[0], (0, 0)).draw()
        width, share = figure["layout"]["meta"]["least"], figure["data"][0]["meta"]["digits"]["share"][0]
        margin = figure["layout"]["margin"]
        assert enlarged(figure)["layout"]["meta"]["least"] == width * FACTOR
        return width, (width - margin["l"] - margin["r"]) * share / (experiment.in_features + 1)

    # 54 pixels hold −6.1·10⁻⁴ in letters of 14 pixels. A phone of 390 pixels has 358 for a chart.
    width, cell = least(TUTORIAL)
    assert width <= 358
    assert cell >= 54
    width, cell = least(Experiment(**EXAMPLES["iris"].fields))
    assert 358 < width <= 450
    assert cell >= 54
    # Seven columns have no digits.
    assert least(Experiment(np.ones((1, 6)), [[1]], epochs=1))[0] == 0


def test_who_moved_what_is_after_minus_before_of_every_sample() -> None:
    steps = steps_of()
    figure = changes(TUTORIAL, steps, 3, range(4)).draw()
    assert_plotly_reads(figure)
    for row, step in enumerate(steps):
        change = step.parameters_after[0].astype(np.float64)
        change -= step.parameters_before[0]
        np.testing.assert_array_equal(figure["data"][0]["z"][row], change.ravel())
    frame = figure["layout"]["shapes"][-1]
    assert [frame[end] for end in ("x0", "x1", "y0", "y1")] == [-0.5, 15.5, 2.5, 3.5]
    assert figure["layout"]["xaxis"]["ticktext"] == ["x₁", "x₂", "x₃", "b"] * 4
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["y₁", "y₂", "y₃", "y₄"]
    assert figure["data"][0]["hovertext"][1][7] == "sample 2, b[y₂]"


@pytest.mark.parametrize("outputs", [range(4), [2]])
def test_long_names_are_numbered_below_and_whole_on_hover(outputs: range | list[int]) -> None:
    experiment = TUTORIAL.replace(input_names=["height <m>", "b", "c"])
    figure = changes(experiment, steps_of(experiment), 0, outputs).draw()
    assert figure["layout"]["xaxis"]["ticktext"] == ["1", "2", "3", "b"] * len(outputs)
    assert (
        figure["data"][0]["hovertext"][0][0] == f"sample 1, W[y{'₁' if len(outputs) == 4 else '₃'}, height &lt;m&gt;]"
    )


def test_a_step_that_changes_nothing_has_a_scale_all_the_same() -> None:
    experiment = TUTORIAL.replace(learning_rate=0.0)
    assert changes(experiment, steps_of(experiment), 0, range(4)).draw()["data"][0]["zmax"] == 1


def test_the_picture_marks_the_phase_and_shows_the_new_weights_after_the_last() -> None:
    step = steps_of()[1]
    shown = ShownStep(step, (0, 0))
    for phase in range(1, 9):
        drawn = graph(TUTORIAL, shown, phase, phase)
        assert drawn.count(" graph-now") == 1
        assert ("new W | b" in drawn) == (phase == 8)
    assert graph(TUTORIAL, shown, 0, 1).count(" graph-none") == 7  # nothing is computed yet


def test_the_parts_of_a_wide_graph_stand_below_each_other_sooner() -> None:
    def narrow(experiment: Experiment) -> str:
        run = Run(experiment)
        run.advance(max_epochs=1)
        drawn = graph(experiment, ShownStep(run.step(0, 0), (0, 0)), 8, 8)
        return drawn.partition("(max-width: 900px) or (max-width: ")[2].partition(")")[0]

    iris = Experiment(**EXAMPLES["iris"].fields)
    assert narrow(TUTORIAL) == narrow(Experiment([[1]], [[0]], epochs=1)) == "60em"
    # Its four columns of W and its names are cut off at 73 em.
    assert narrow(iris) == "75.2em"
    # A larger network has shapes in place of its matrices.
    assert narrow(Experiment(np.ones((1, 40)), [[1]], epochs=1)) == "60em"


def test_what_comes_down_is_drawn_as_w_beside_the_errors_and_under_its_sums() -> None:
    experiment = TUTORIAL.replace(hidden=(3,), activation="tanh")
    step = steps_of(experiment)[1]
    figure = passed_down(experiment, step, 2, 0).draw()
    assert_plotly_reads(figure)
    matrix, top, side = (np.array(trace["z"]) for trace in figure["data"])
    np.testing.assert_array_equal(matrix, step.parameters_before[1][:, :-1])
    np.testing.assert_array_equal(side[:, 0], step.layers[1].loss_wrt_logits)
    np.testing.assert_array_equal(top[0], step.layers[0].loss_wrt_output)
    np.testing.assert_allclose(side[:, 0] @ matrix, top[0], rtol=1e-5)
    weight, error = float(matrix[1, 2]), float(side[1, 0])
    said = figure["data"][0]
    assert said["hovertext"][1][2] == "W[y₂, h₃]"
    assert said["customdata"][1][2].startswith(f"{weight:.9g} · {error:.9g} = ")
    framed, above, beside = figure["layout"]["shapes"]
    assert [framed[end] for end in ("x0", "x1", "y0", "y1")] == [1.5, 2.5, -0.5, 3.5]
    assert (above["x0"], above["yref"]) == (1.5, "y2")
    assert (beside["y0"], beside["y1"], beside["xref"]) == (-0.5, 3.5, "x2")


def test_of_a_deep_network_the_phases_layer_is_drawn_with_the_one_beside_it() -> None:
    experiment = TUTORIAL.replace(hidden=(4, 4, 4), activation="tanh")
    shown = ShownStep(steps_of(experiment)[1], (0, 0), activation="tanh")

    def heads(phase: int) -> list[str]:
        return re.findall("<b>(.*?)</b>", graph(experiment, shown, 26, phase))

    assert heads(1)[:2] == ["x", "Linear 1"]
    assert [name for name in heads(5) if name.startswith("Linear")] == ["Linear 2", "Linear 3"]  # z³
    assert [name for name in heads(18) if name.startswith("Linear")] == ["Linear 2", "Linear 3"]  # ∂L/∂a²
    assert heads(18)[-1] == "…"
    assert heads(26)[-2:] == ["BCE", "L"]
    assert "∂L/∂a³" in heads(14)
    for phase in range(1, 27):
        assert graph(experiment, shown, phase, phase).count(" graph-now") == (2 if phase == 26 else 1), phase
