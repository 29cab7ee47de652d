"""Layers: the right numbers at every logit, and partials that are derivatives."""

import numpy as np
import pytest

from classifier.graph.layers import Linear, ReLU, Sigmoid, Tanh
from tests.classifier.tables import global_generator
from tests.classifier.truth import DTYPES, LOGITS, TRUTH, units


def test_linear_is_a_weighted_sum_plus_bias() -> None:
    linear = Linear(3, 2, rng=np.random.RandomState(0))
    linear.weight = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    linear.bias = np.array([10, 20], np.float32)
    assert linear.forward(np.array([1, 0, -1], np.float32)).tolist() == [8, 18]


def test_linears_partials_are_its_input_and_one() -> None:
    linear = Linear(3, 2, rng=np.random.RandomState(0))
    x = np.array([1, 2, 3], np.float32)
    partials = linear.backward(x)
    assert partials.output_wrt_weight.tolist() == [1, 2, 3]
    assert partials.output_wrt_bias.tolist() == [1, 1]


def test_linear_without_a_generator_is_fresh_and_leaves_the_global_one_alone() -> None:
    before = global_generator()
    assert not np.array_equal(Linear(3, 2).weight, Linear(3, 2).weight)
    assert global_generator() == before


def test_linear_takes_a_generator_of_either_kind_and_a_dtype() -> None:
    linear = Linear(2, 1, rng=np.random.default_rng(0), dtype=np.float64)
    assert linear.weight.dtype == linear.bias.dtype == np.float64


def test_linear_says_its_sizes() -> None:
    linear = Linear(3, 2)
    assert (linear.in_features, linear.out_features) == (3, 2)
    assert (linear.weight.shape, linear.bias.shape) == ((2, 3), (2,))
    assert linear.weight.dtype == linear.bias.dtype == np.float32


@pytest.mark.parametrize("dtype", DTYPES)
def test_sigmoid_is_within_4_eps_of_the_listed_values(dtype: type) -> None:
    for z, high, low, _, _ in TRUTH:
        for logit, true in ((z, high), (-z, low)):
            got = Sigmoid().forward(np.array([logit], dtype))[0]
            assert units(got, true, dtype) <= 4, logit


@pytest.mark.parametrize("dtype", DTYPES)
def test_sigmoid_is_within_4_eps_of_mpmath(dtype: type) -> None:
    mp = pytest.importorskip("mpmath")
    mp.mp.dps = 40
    z = LOGITS.astype(dtype)
    for logit, got in zip(z, Sigmoid().forward(z), strict=True):
        assert units(got, 1 / (1 + mp.exp(-mp.mpf(float(logit)))), dtype) <= 4, logit


@pytest.mark.parametrize("dtype", DTYPES)
def test_sigmoid_keeps_the_dtype_and_stays_in_0_to_1(dtype: type) -> None:
    yhat = Sigmoid().forward(LOGITS.astype(dtype))
    assert yhat.dtype == dtype
    assert yhat.min() >= 0
    assert yhat.max() <= 1


def test_sigmoids_partial_is_its_slope() -> None:
    z, h = np.linspace(-20, 20, 401), 1e-5
    slope = (Sigmoid().forward(z + h) - Sigmoid().forward(z - h)) / (2 * h)
    np.testing.assert_allclose(Sigmoid().backward(z).output_wrt_x, slope, rtol=1e-6, atol=1e-10)


def test_sigmoids_partial_survives_where_the_tutorials_vanishes() -> None:
    """(e^−z + 1)² overflows float32 below −44.36."""
    partial = Sigmoid().backward(np.array([-50], np.float32)).output_wrt_x[0]
    assert partial == pytest.approx(np.exp(-50), rel=1e-6)


def test_a_layer_from_a_matrix_holds_a_copy_of_it_the_bias_last() -> None:
    matrix = np.arange(8.0).reshape(2, 4)
    layer = Linear.from_parameters(matrix)
    assert (layer.in_features, layer.out_features) == (3, 2)
    assert layer.weight.tolist() == [[0, 1, 2], [4, 5, 6]]
    assert layer.bias.tolist() == [3, 7]
    layer.weight[0, 0] = 9
    assert matrix[0, 0] == 0
    assert layer.parameters.tolist() == [[9, 1, 2, 3], [4, 5, 6, 7]]


@pytest.mark.parametrize(
    ("layer", "outputs", "slopes"),
    [
        (
            Tanh(),
            [-1, -np.tanh(0.5), 0, np.tanh(0.25), np.tanh(2.0), 1],
            [0, 1 - np.tanh(0.5) ** 2, 1, 1 - np.tanh(0.25) ** 2, 1 - np.tanh(2.0) ** 2, 0],
        ),
        (ReLU(), [0, 0, 0, 0.25, 2, 1000], [0, 0, 0, 1, 1, 1]),  # 0 at 0, where there is a kink
    ],
)
def test_the_activations_of_hidden_layers(layer: Tanh | ReLU, outputs: list[float], slopes: list[float]) -> None:
    for dtype in DTYPES:
        x = np.array([-1000, -0.5, 0, 0.25, 2, 1000], dtype)
        a, slope = layer.forward(x), layer.backward(x).output_wrt_x
        assert (a.dtype, slope.dtype) == (x.dtype, x.dtype)
        np.testing.assert_allclose(a, outputs, rtol=4 * np.finfo(dtype).eps)
        np.testing.assert_allclose(slope, slopes, rtol=8 * np.finfo(dtype).eps, atol=2 * np.finfo(dtype).eps)
