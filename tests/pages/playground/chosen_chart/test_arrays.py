"""The charts' numbers are the network's, at every position, whatever the experiment."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, Experiment, Network, Run
from pages.playground.chosen_chart import arrays
from pages.playground.chosen_chart.choice import MEAN, Choice, Decision, Entry, Landscape
from pages.playground.screen import screen
from pages.shared.charts.chart import bindings, figures
from pages.shared.examples import EXAMPLES
from tests.classifier.tables import data_loss

TUTORIAL = Experiment.tutorial()


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def tables() -> dict[str, Experiment]:
    rng = np.random.RandomState(0)
    return {
        "xor": Experiment(**EXAMPLES["xor"].fields),
        "soft": Experiment(**EXAMPLES["soft-labels"].fields),
        "saturated": Experiment(**EXAMPLES["saturated-fused"].fields),
        "unmoved": TUTORIAL.replace(learning_rate=0, epochs=3),
        "untrained": TUTORIAL.replace(epochs=0),
        "zeros": Experiment(**EXAMPLES["zeros"].fields).replace(epochs=5),
        "one input": Experiment([[1e6], [1e6]], [[1], [0]], epochs=4, dtype="float64"),
        "equal column": Experiment([[0, 7], [0, 7], [0, 8]], [[1], [0], [1]], epochs=4),
        "largest": Experiment(rng.randn(1000, MAX_INPUTS), rng.randint(0, 2, (1000, MAX_OUTPUTS)), epochs=2),
    }


@pytest.mark.parametrize("others", [MEAN, 1])
def test_the_corners_are_the_networks_logits(others: int) -> None:
    run = trained(TUTORIAL)
    settings = Decision(output=2, across=2, up=0, others=others)
    plane = arrays.plane(TUTORIAL, settings)
    shown = arrays.arrays(TUTORIAL, run.history, settings)
    stand = np.mean(TUTORIAL.inputs, axis=0) if others == MEAN else np.array(TUTORIAL.inputs[others])
    for k in (0, 1, 318, 2000):
        network = Network([run.history.parameters[0][k].astype(float)])
        for row, column in np.ndindex(2, 2):
            x = stand.copy()
            x[2], x[0] = plane.across[column], plane.up[row]
            yhat = 1 / (1 + np.exp(-np.float64(shown["plane_logits"][k, row, column])))
            assert yhat == pytest.approx(network.forward(x)[2], rel=1e-5)


def test_a_sample_brings_its_own_prediction_and_mark() -> None:
    run = trained(TUTORIAL)
    settings = Decision(output=0, across=0, up=1)
    plane, shown = (
        arrays.plane(TUTORIAL, settings),
        arrays.arrays(TUTORIAL, run.history, settings),
    )
    # The three samples of label 1 are drawn last, so that a filled mark is seen inside a hollow one.
    assert plane.order.tolist() == [3, 4, 0, 1, 2]
    np.testing.assert_array_equal(shown["plane_yhat"], run.history.yhat[:, [3, 4, 0, 1, 2], 0])
    right = np.array([0, 0, 1, 1, 1], bool)
    np.testing.assert_array_equal(shown["plane_wrong"], (shown["plane_yhat"] > 0.5) != right)
    assert shown["plane_wrong"].any()


def test_samples_beside_the_plane_are_told_apart() -> None:
    # x₃ is 5 for all samples. In the plane of x₁ and x₂ all samples lie; in that of x₂ and x₃ those of the same x₁.
    assert arrays.plane(TUTORIAL, Decision(0, 0, 1)).on_it.all()
    assert arrays.plane(TUTORIAL, Decision(0, 1, 2, others=4)).on_it.tolist() == [False] * 3 + [True] * 2
    assert not arrays.plane(TUTORIAL, Decision(0, 1, 2)).on_it.any()


def test_of_many_samples_every_nth_is_drawn() -> None:
    experiment = tables()["largest"]
    order = arrays.plane(experiment, Decision()).order
    assert sorted(order) == list(range(0, 1000, 4))


def test_the_landscape_holds_the_final_loss_and_all_of_the_path() -> None:
    run = trained(TUTORIAL)
    settings = Landscape(Entry(0, 0), Entry(1, None))
    surface = arrays.surface(TUTORIAL, run.history, settings)
    shown = arrays.arrays(TUTORIAL, run.history, settings)
    np.testing.assert_array_equal(shown["path_across"], run.history.parameters[0][:, 0, 0])
    np.testing.assert_array_equal(shown["path_up"], run.history.parameters[0][:, 1, -1])
    assert surface.final == tuple(run.history.parameters[0][-1, [0, 1], [0, -1]])
    for values, path in ((surface.across, shown["path_across"]), (surface.up, shown["path_up"])):
        assert values[0] < path.min() < path.max() < values[-1]
    for row, column in ((0, 0), (17, 42), (60, 60)):
        matrix = run.history.parameters[0][-1].astype(float)
        matrix[0, 0], matrix[1, -1] = surface.across[column], surface.up[row]
        assert surface.loss[row, column] == pytest.approx(data_loss(TUTORIAL, [matrix]), rel=1e-9)


@pytest.mark.parametrize("name", list(tables()))
def test_every_experiment_has_its_other_charts(name: str) -> None:
    experiment = tables()[name]
    run = trained(experiment)
    plane = arrays.plane(experiment, Decision().fitted(experiment))
    x = experiment.input_array[:, 0]
    assert plane.across[0] < x.min() <= x.max() < plane.across[1]
    assert plane.up[0] < plane.up[1]
    for chart in ("decision", "landscape"):
        shown = screen(run, 0, Choice(chart))
        drawn, moving = figures(shown.charts), {"position": run.history.position, **shown.frames(slice(None))}
        assert chart in drawn
        assert all(np.isfinite(array).all() for array in moving.values())
        for binding in bindings(shown.charts):
            names = binding["array"] if isinstance(binding["array"], tuple) else (binding["array"],)
            assert set(names) <= set(moving)
            assert binding["trace"] < len(drawn[binding["figure"]]["data"])


def test_a_screen_carries_nothing_for_other_charts() -> None:
    run = trained(TUTORIAL)
    usual, other = (screen(run, 0, Choice(chart)) for chart in ("layers", "decision"))
    assert not {"plane_logits", "path_across"} & set(usual.frames(slice(0, 1)))
    assert not {"decision", "landscape"} & {binding["figure"] for binding in bindings(usual.charts)}
    assert "mean_abs_loss_wrt_linear1" not in other.frames(slice(0, 1))


def test_a_plane_behind_hidden_layers_is_a_grid_that_is_fine_enough_for_a_smooth_line() -> None:
    xor = Experiment([[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]], hidden=(4,), activation="tanh", epochs=20)
    run = Run(xor)
    run.advance()
    settings = Decision()
    shown, bounds = arrays.arrays(xor, run.history, settings)["plane_logits"], arrays.plane(xor, settings)
    assert (shown.dtype, shown.shape) == (np.int16, (21, 18, 18))
    network = Network(run.parameters_at(20), activation="tanh")
    for row, column in ((0, 0), (5, 14), (17, 9)):
        point = [np.linspace(*ends, 18)[i] for ends, i in ((bounds.across, column), (bounds.up, row))]
        _, logits = network.forward_layers(np.array(point, np.float32))
        assert shown[20, row, column] / 3000 == pytest.approx(float(logits[-1][0]), abs=0.0002)
    # What plays of the largest example is sent at once.
    example = trained(Experiment(**EXAMPLES["xor-hidden"].fields))
    assert sum(array.nbytes for array in screen(example, 0, Choice()).frames(slice(None)).values()) < 2_400_000
    assert Choice().shown(xor) == "decision"
    assert Choice("layers").shown(xor) == Choice().shown(Experiment.tutorial()) == "layers"
