"""The graph: the tutorial's names, and each method doing what it says and no more."""

from dataclasses import fields

import numpy as np
import pytest

from classifier import BackwardPass, LinearClassifier, MyNetwork
from classifier.graph.layers import Linear, LinearPartials

X, Y = np.array([1, 3, 5], np.float32), np.array([1, 0, 0.5, 0], np.float32)


def network(**kwargs: str) -> LinearClassifier:
    return LinearClassifier(3, 4, rng=np.random.RandomState(1), **kwargs)


def test_the_tutorials_names_are_there() -> None:
    assert MyNetwork is LinearClassifier
    assert LinearClassifier.backwards is LinearClassifier.backward
    assert {"in_features", "out_features", "linear1", "sigmoid", "loss"} <= vars(network()).keys()
    assert [field.name for field in fields(BackwardPass)] == [
        "loss_wrt_sigmoid",
        "sigmoid_wrt_linear1",
        "linear1_wrt_weight",
        "linear1_wrt_bias",
        "loss_wrt_linear1",
        "loss_wrt_weight",
        "loss_wrt_bias",
    ]


@pytest.mark.parametrize("route", ["fused", "chain"])
def test_the_derivatives_have_their_shapes_and_dtype(route: str) -> None:
    backward = network(route=route).backward(X, Y)
    shapes = {name: values.shape for name, values in vars(backward).items()}
    assert shapes == {
        "loss_wrt_sigmoid": (4,),
        "sigmoid_wrt_linear1": (4,),
        "linear1_wrt_weight": (3,),
        "linear1_wrt_bias": (4,),
        "loss_wrt_linear1": (4,),
        "loss_wrt_weight": (4, 3),
        "loss_wrt_bias": (4,),
    }
    assert {values.dtype for values in vars(backward).values()} == {np.dtype(np.float32)}


def test_a_pass_by_hand() -> None:
    """W = [[1, −1]], b = [0.5], x = (2, 1.5): z = 1, ŷ = 1/(1 + e^−1); y = 0."""
    net = LinearClassifier.from_weights([[1.0, -1.0]], [0.5])
    x, y = np.array([2.0, 1.5]), np.array([0.0])
    yhat = 1 / (1 + np.exp(-1))
    assert net.forward(x) == pytest.approx([yhat])
    assert net.forward_loss(x, y) == pytest.approx(-np.log(1 - yhat))
    backward = net.backward(x, y)
    assert backward.loss_wrt_sigmoid == pytest.approx([1 / (1 - yhat)])
    assert backward.sigmoid_wrt_linear1 == pytest.approx([yhat * (1 - yhat)])
    assert backward.loss_wrt_linear1 == pytest.approx([yhat])
    assert backward.loss_wrt_weight == pytest.approx(np.array([[2 * yhat, 1.5 * yhat]]))
    assert backward.loss_wrt_bias == pytest.approx([yhat])


@pytest.mark.parametrize("route", ["fused", "chain"])
def test_only_update_weights_changes_the_network(route: str) -> None:
    net = network(route=route)
    weight, bias = net.linear1.weight.copy(), net.linear1.bias.copy()
    net.forward(X)
    net.forward_loss(X, Y)
    gradient = net.backward(X, Y)
    assert np.array_equal(net.linear1.weight, weight)
    assert np.array_equal(net.linear1.bias, bias)
    assert net.update_weights(X, Y, lr=0.5) is None
    np.testing.assert_array_equal(net.linear1.weight, weight - np.float32(0.5) * gradient.loss_wrt_weight)
    np.testing.assert_array_equal(net.linear1.bias, bias - np.float32(0.5) * gradient.loss_wrt_bias)


def test_the_route_decides_where_yhat_saturates() -> None:
    for route, gradient in (("fused", 1), ("chain", 0)):
        net = LinearClassifier.from_weights(np.array([[20]], np.float32), np.array([0], np.float32), route=route)
        one, zero = np.ones(1, np.float32), np.zeros(1, np.float32)
        assert net.backward(one, zero).loss_wrt_linear1 == gradient


def test_from_weights_copies() -> None:
    weight, bias = np.ones((1, 2)), np.ones(1)
    net = LinearClassifier.from_weights(weight, bias)
    weight[:] = bias[:] = 7
    assert net.linear1.weight.tolist() == [[1, 1]]
    assert net.linear1.bias.tolist() == [1]
    assert (net.in_features, net.out_features) == (2, 1)


def test_the_route_is_fused_unless_another_is_asked_for() -> None:
    assert network().route == LinearClassifier.from_weights([[1.0]], [0.0]).route == "fused"
    assert network(route="chain").route == LinearClassifier.from_weights([[1.0]], [0.0], route="chain").route == "chain"


@pytest.mark.parametrize("route", ["fused", "chain"])
def test_a_gradient_is_the_product_of_what_the_layers_hand_over(route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test makes the linear layer's partials too large: only the gradients with them as factors must change."""
    right = network(route=route).backward(X, Y)
    honest = Linear.backward

    def wrong(self: Linear, x: np.ndarray) -> LinearPartials:
        partials = honest(self, x)
        return LinearPartials(2 * partials.output_wrt_weight, 4 * partials.output_wrt_bias, partials.output_wrt_x)

    monkeypatch.setattr(Linear, "backward", wrong)
    got = network(route=route).backward(X, Y)
    np.testing.assert_array_equal(got.loss_wrt_weight, 2 * right.loss_wrt_weight)
    np.testing.assert_array_equal(got.loss_wrt_bias, 4 * right.loss_wrt_bias)
    np.testing.assert_array_equal(got.loss_wrt_linear1, right.loss_wrt_linear1)
