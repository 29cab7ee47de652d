"""Central differences agree with the hand-written gradients, and would tell if they were wrong."""

from dataclasses import replace

import numpy as np
import pytest

import classifier
from classifier import Comparison, LayerPass, Network, largest_errors
from classifier.graph.network import Backward


def check_gradients(network: Network, *args: object, **kwargs: object) -> Comparison:
    """Check a network of one layer."""
    (check,) = classifier.check_gradients(network, *args, **kwargs)  # type: ignore[arg-type]
    return check


def case(seed: int, **kwargs: str) -> tuple[Network, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    inputs, outputs = (int(n) for n in rng.integers(1, 7, 2))
    network = Network.from_sizes((inputs, outputs), rng=rng, dtype=np.float64, **kwargs)
    return network, rng.standard_normal(inputs), rng.random(outputs)


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("seed", range(25))
def test_random_networks_pass(seed: int, route: str) -> None:
    network, x, y = case(seed, route=route)
    check = check_gradients(network, x, y)
    assert check.passed
    assert check.numeric.shape == check.analytic.shape == network.layers[0].parameters.shape
    assert check.absolute_error.max() < 1e-8


def test_the_tutorials_samples_pass_in_float32() -> None:
    network = Network.from_sizes((3, 4), rng=np.random.RandomState(42))
    assert check_gradients(network, [1, 9, 5], [1, 0, 0, 0]).passed


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_large_inputs_are_measured_as_finely(size: float) -> None:
    network = Network([[[1 / size, -2 / size, 0.1]]])
    assert check_gradients(network, [size, size], [1]).passed


def wrong_sigmoid(network: Network, x: np.ndarray, y: np.ndarray) -> tuple[LayerPass]:
    """Forget ∂ŷ/∂z."""
    (right,) = network.backward(x, y)
    return (replace(right, loss_wrt_weight=np.outer(right.loss_wrt_output, x), loss_wrt_bias=right.loss_wrt_output),)


def wrong_bias(network: Network, x: np.ndarray, y: np.ndarray) -> tuple[LayerPass]:
    """Take the bias for twice what it is."""
    (right,) = network.backward(x, y)
    return (replace(right, loss_wrt_bias=2 * right.loss_wrt_bias),)


def wrong_sign(network: Network, x: np.ndarray, y: np.ndarray) -> tuple[LayerPass]:
    """Turn one weight's gradient around."""
    (right,) = network.backward(x, y)
    weight = right.loss_wrt_weight.copy()
    weight[-1, -1] *= -1
    return (replace(right, loss_wrt_weight=weight),)


def slightly_wrong(network: Network, x: np.ndarray, y: np.ndarray) -> tuple[LayerPass]:
    """Be one percent off."""
    (right,) = network.backward(x, y)
    return (replace(right, loss_wrt_weight=1.01 * right.loss_wrt_weight),)


@pytest.mark.parametrize("backward", [wrong_sigmoid, wrong_bias, wrong_sign, slightly_wrong])
@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_partial_is_rejected(seed: int, backward: Backward) -> None:
    assert not check_gradients(*case(seed), backward=backward).passed


def test_a_saturated_chain_is_rejected_and_the_fused_route_is_not() -> None:
    for route, passed in (("fused", True), ("chain", False)):
        network = Network([[[60.0, 0.0]]], route=route)
        assert check_gradients(network, [1], [0]).passed is passed


def test_the_network_is_left_alone() -> None:
    network, x, y = case(3)
    network.layers[0].weight.flags.writeable = network.layers[0].bias.flags.writeable = False
    before = network.layers[0].weight.tobytes(), network.layers[0].bias.tobytes(), network.layers[0].weight.dtype
    check_gradients(network, x, y)
    assert (
        network.layers[0].weight.tobytes(),
        network.layers[0].bias.tobytes(),
        network.layers[0].weight.dtype,
    ) == before


def test_errors_are_what_they_are_called() -> None:
    network, x, y = case(0)
    comparison = check_gradients(network, x, y, backward=wrong_sign)
    error = abs(comparison.analytic - comparison.numeric)
    np.testing.assert_array_equal(comparison.absolute_error, error)
    assert comparison.relative_error[-1, -2] == pytest.approx(2)
    percent = check_gradients(network, x, y, backward=slightly_wrong).relative_error
    np.testing.assert_allclose(percent[:, :-1], 0.01 / 1.01, rtol=1e-4)  # relative to the larger of the two
    zero = check_gradients(Network([[[0.0, 0.0]]]), [0], [0.5])
    assert zero.relative_error.tolist() == [[0, 0]]


def test_verdicts_are_given_entry_by_entry() -> None:
    network, x, y = case(0)
    check = check_gradients(network, x, y, backward=wrong_sign)
    expected = np.ones(network.layers[0].parameters.shape, bool)
    expected[-1, -2] = False  # the last weight, beside the bias
    np.testing.assert_array_equal(check.agrees, expected)


def test_the_bias_is_the_last_column() -> None:
    network, x, y = case(2)
    (right,) = network.backward(x, y)
    check = check_gradients(network, x, y, backward=wrong_bias)
    np.testing.assert_array_equal(check.analytic, np.column_stack([right.loss_wrt_weight, 2 * right.loss_wrt_bias]))
    np.testing.assert_allclose(check.numeric, np.column_stack([right.loss_wrt_weight, right.loss_wrt_bias]), atol=1e-8)


@pytest.mark.parametrize("eps", [1e-4, 0.3])
def test_each_parameter_is_measured_by_moving_it_alone(eps: float) -> None:
    """The differences are taken all at once; one at a time, through the network itself, they are the same."""
    network, x, y = case(4)
    x[0] = -7  # so that some are above 1 and some below
    numeric = check_gradients(network, x, y, eps=eps).numeric
    usual = check_gradients(network, x, y).numeric
    np.testing.assert_array_equal(usual, check_gradients(network, x, y, eps=1e-6).numeric)
    for o, j in np.ndindex(*network.layers[0].weight.shape):
        h, kept, losses = eps / max(1, abs(x[j])), network.layers[0].weight[o, j], []
        for moved in (kept + h, kept - h):
            network.layers[0].weight[o, j] = moved
            losses.append(network.forward_loss(x, y))
        network.layers[0].weight[o, j] = kept
        assert numeric[o, j] == pytest.approx((losses[0] - losses[1]) / (2 * h), rel=1e-8, abs=1e-10)


def test_the_error_falls_with_the_square_of_the_step_until_rounding_takes_over() -> None:
    network = Network.from_sizes((3, 4), rng=np.random.RandomState(42))
    errors = largest_errors(network, [1, 9, 5], [1, 0, 0, 0], [1e-1, 1e-2, 1e-3, 1e-12])
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.01)
    assert errors[1] / errors[2] == pytest.approx(100, rel=0.01)
    assert errors[3] > 1000 * errors[2]


def test_no_step_makes_a_wrong_gradient_right() -> None:
    errors = largest_errors(*case(1), [1e-1, 1e-4, 1e-8, 1e-12], backward=slightly_wrong)
    np.testing.assert_allclose(errors, errors[1], rtol=0.3)
    assert errors.min() > 1e-4


def test_a_step_that_rounding_swallows_measures_nothing_and_warns_of_nothing() -> None:
    check = check_gradients(Network([[[1e3, 0.0]]]), [1e6], [0], eps=1e-12)
    assert check.numeric[0, 0] == 0
    assert not check.passed


@pytest.mark.parametrize(
    ("size", "factor", "offset", "passed"),
    [
        (100, 1.0008, 0, True),  # a thousandth
        (100, 1.0012, 0, False),
        (0, 1, 0.9e-5, True),  # or 10⁻⁵ in absolute size
        (0, 1, 1.1e-5, False),
    ],
)
def test_the_tolerances_are_gradchecks(size: float, factor: float, offset: float, passed: bool) -> None:
    def off(network: Network, x: np.ndarray, y: np.ndarray) -> tuple[LayerPass]:
        (right,) = network.backward(x, y)
        return (replace(right, loss_wrt_weight=factor * right.loss_wrt_weight + offset),)

    network = Network([[[0.0, 0.0]]])
    assert check_gradients(network, [size], [1], backward=off).passed is passed


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("hidden", [(1,), (4,), (3, 8), (8, 2, 5)])
def test_every_parameter_of_every_layer_passes(hidden: tuple[int, ...], activation: str, route: str) -> None:
    for seed in range(4):
        rng = np.random.default_rng(seed)
        network = Network.from_sizes((3, *hidden, 2), rng=rng, dtype=float, activation=activation, route=route)
        x, y = rng.standard_normal(3), rng.random(2)
        checks = classifier.check_gradients(network, x, y)
        assert [check.numeric.shape for check in checks] == [layer.parameters.shape for layer in network.layers]
        for check in checks:
            assert check.absolute_error[~check.kink].max(initial=0) < 1e-8
            assert check.passed


def test_each_hidden_parameter_is_measured_by_moving_it_alone() -> None:
    rng = np.random.default_rng(3)
    network, x, y = (
        Network.from_sizes((2, 3, 2, 2), rng=rng, dtype=float, activation="tanh"),
        np.array([-7, 0.5]),
        [1, 0],
    )
    checks = classifier.check_gradients(network, x, y, eps=0.1)
    into, _ = network.forward_layers(x)
    for k, layer in enumerate(network.layers):
        for o, j in np.ndindex(*layer.weight.shape):
            h, kept, losses = 0.1 / max(1, abs(into[k][j])), layer.weight[o, j], []
            for moved in (kept + h, kept - h):
                layer.weight[o, j] = moved
                losses.append(network.forward_loss(x, y))
            layer.weight[o, j] = kept
            assert checks[k].numeric[o, j] == pytest.approx((losses[0] - losses[1]) / (2 * h), rel=1e-8, abs=1e-10)


def test_a_kink_within_the_step_is_named_and_is_no_error() -> None:
    """Z = 0 of the one hidden unit: the slope is 0 on one side and 1 on the other, and the difference half of it."""
    network = Network([[[1.0, -1.0]], [[2.0, 0.0]]], activation="relu")
    first, last = classifier.check_gradients(network, [1.0], [1.0])
    assert first.kink.tolist() == [[True, True]]
    assert first.absolute_error.min() > 0.4
    assert first.agrees.all()
    assert not last.kink.any()
    assert largest_errors(network, [1.0], [1.0], [1e-6])[0] < 1e-8
    away, _ = classifier.check_gradients(network, [1.1], [1.0])
    assert not away.kink.any()
    assert classifier.check_gradients(network, [1.1], [1.0], eps=0.2)[0].kink.all()
