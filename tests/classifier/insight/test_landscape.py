"""Surfaces and planes are the loss layer and the network, evaluated point by point."""

import numpy as np
import pytest

from classifier import (
    Experiment,
    Network,
    Parameter,
    Run,
    logit_plane,
    loss_surface,
)
from classifier.insight.landscape import spaced
from tests.classifier.tables import TABLE, WithMomentum, data_loss, random_experiment


@pytest.mark.parametrize("seed", range(12))
def test_a_surface_is_the_loss_at_each_point(seed: int) -> None:
    experiment = random_experiment(seed, dtype="float64")
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(experiment.out_features, experiment.in_features + 1))
    for _ in range(6):
        first, second = (Parameter(*map(int, rng.integers(0, matrix.shape))) for _ in range(2))
        if first == second:
            continue
        across, down = rng.normal(0, 3, 4), rng.normal(0, 3, 3)
        surface = loss_surface(experiment, [matrix], first, second, across, down)
        assert surface.shape == (3, 4)
        for row, column in np.ndindex(3, 4):
            moved = matrix.copy()
            moved[first[:2]], moved[second[:2]] = across[column], down[row]
            assert surface[row, column] == pytest.approx(data_loss(experiment, [moved]), rel=1e-12)


def test_a_surface_meets_the_run_where_it_stands() -> None:
    run = Run(Experiment.tutorial())
    run.advance()
    parameters = run.parameters_at(2000)
    values = (float(parameters[0][0, 0]), float(parameters[0][3, 3]))
    surface = loss_surface(run.experiment, parameters, Parameter(0, 0), Parameter(3, 3), values[:1], values[1:])
    assert surface.item() == pytest.approx(data_loss(run.experiment, parameters), rel=1e-12)


def test_extreme_points_stay_finite_and_silent() -> None:
    """Silent because warnings are errors here."""
    experiment = Experiment([[1e6, 1e-300], [-1e6, 1]], [[0, 1], [1, 0.5]], dtype="float32")
    parameters = [np.array([[1e6, 1e6, 0], [1e6, 1e6, 0]], np.float32)]
    values = [-1e15, -1e6, 0, 1e6, 1e15]
    for second in (Parameter(0, 1), Parameter(1, 0)):
        surface = loss_surface(experiment, parameters, Parameter(0, 0), second, values, values)
        assert np.isfinite(surface).all()
        assert surface.min() >= 0
    assert np.isfinite(logit_plane(parameters, 0, (0, 1), values, values, (0, 0))).all()


def test_parameters_that_are_not_there_are_refused() -> None:
    experiment = Experiment.tutorial()
    parameters = [np.zeros((4, 4))]
    for wrong in (Parameter(4, 0), Parameter(0, 4), Parameter(-1, 0), Parameter(0, -1), Parameter(0, 0, 1)):
        with pytest.raises(ValueError, match="no parameter"):
            loss_surface(experiment, parameters, Parameter(0, 0), wrong, [0], [0])
    with pytest.raises(ValueError, match="both"):
        loss_surface(experiment, parameters, Parameter(1, 3), Parameter(1, 3), [0], [0])


def test_a_plane_is_the_networks_logit_at_each_point() -> None:
    experiment = random_experiment(4, inputs=4, outputs=3, dtype="float64")
    run = Run(experiment)
    run.advance()
    history = run.history
    across, down, at = [-1.0, 0.5], [0.0, 2.0, 4.0], (9.0, 0.1, -9.0, 0.3)
    planes = logit_plane(history.parameters, 2, (2, 0), across, down, at)
    assert planes.shape == (31, 3, 2)
    for k, row, column in np.ndindex(31, 3, 2):
        network = Network([history.parameters[0][k]])
        x = np.array([down[row], 0.1, across[column], 0.3])
        assert 1 / (1 + np.exp(-planes[k, row, column])) == pytest.approx(network.forward(x)[2], rel=1e-9)


def test_one_input_varies_along_the_first_axis() -> None:
    plane = logit_plane([np.array([[2.0, 1.0]])], 0, (0, 0), [0, 3], [5, 6], [9])
    assert plane.tolist() == [[1, 7], [1, 7]]


def test_an_axis_covers_what_must_be_inside() -> None:
    path = np.array([3.0, -1.0, 2.0])
    values = spaced(path, 41)
    assert len(values) == 41
    assert values[0] == pytest.approx(-1.6)
    assert values[-1] == pytest.approx(3.6)
    np.testing.assert_allclose(np.diff(values), values[1] - values[0])
    assert spaced([2.0, 2.0], 3).tolist() == [1.5, 2, 2.5]


def test_a_loss_that_is_too_small_for_a_number_is_0_in_silence() -> None:
    experiment = Experiment([[1]], [[1]], dtype="float64")
    with np.errstate(all="raise"):
        surface = loss_surface(experiment, [np.zeros((1, 2))], Parameter(0, 0), Parameter(0, 1), [700.0, 800.0], [0.0])
    ((small, none),) = surface.tolist()
    assert small > none == 0


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("hidden", [(3,), (2, 4)])
def test_a_surface_of_any_two_parameters_of_any_layers(hidden: tuple[int, ...], activation: str) -> None:
    experiment = random_experiment(1, inputs=2, outputs=3, hidden=hidden, activation=activation, dtype="float64")
    rng = np.random.default_rng(2)
    matrices = Run(experiment).parameters_at(0)
    places = [Parameter(*place, k) for k, matrix in enumerate(matrices) for place in np.ndindex(matrix.shape)]
    for _ in range(20):
        first, second = (places[i] for i in rng.choice(len(places), 2, replace=False))
        across, down = rng.normal(0, 2, 3), rng.normal(0, 2, 2)
        surface = loss_surface(experiment, matrices, first, second, across, down)
        for row, column in np.ndindex(2, 3):
            moved = [matrix.copy() for matrix in matrices]
            moved[first.layer][first[:2]], moved[second.layer][second[:2]] = across[column], down[row]
            assert surface[row, column] == pytest.approx(data_loss(experiment, moved), rel=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_a_plane_bends_with_hidden_layers(activation: str) -> None:
    experiment = random_experiment(2, inputs=3, outputs=2, hidden=(3, 2), activation=activation, dtype="float64")
    run = Run(experiment)
    run.advance()
    across, down = [-2.0, 0.5, 3], [0.0, 2.0]
    planes = logit_plane(run.history.parameters, 1, (0, 2), across, down, (9, 0.1, 9), activation)
    assert planes.shape == (31, 2, 3)
    for k, row, column in np.ndindex(31, 2, 3):
        network = Network([each[k] for each in run.history.parameters], activation=activation)
        _, logits = network.forward_layers(np.array([across[column], 0.1, down[row]]))
        assert planes[k, row, column] == pytest.approx(logits[-1][1], rel=1e-12, abs=1e-12)


def test_a_field_that_it_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="the landscape does not know the field momentum"):
        loss_surface(
            WithMomentum(**TABLE, momentum=0.5), [np.zeros((1, 2))], Parameter(0, 0), Parameter(0, 1), [0], [0]
        )
