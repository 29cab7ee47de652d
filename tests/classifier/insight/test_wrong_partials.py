"""The gradient check rejects each wrong partial exactly where it is wrong, and accepts the right one everywhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from classifier import WRONG_PARTIALS, LinearClassifier, check_gradients

SEEDS = range(20)


def case(seed: int, route: str = "fused") -> tuple[LinearClassifier, np.ndarray, np.ndarray]:
    """Draw a network of any shape that saturates nowhere, inputs with 0 and 1 among them, and hard labels."""
    rng = np.random.default_rng(seed)
    inputs, outputs = (int(n) for n in rng.integers(1, 6, 2))
    network = LinearClassifier.from_weights(
        0.2 * rng.standard_normal((outputs, inputs)), 0.2 * rng.standard_normal(outputs), route=route
    )
    x = np.where(rng.random(inputs) < 0.5, rng.integers(0, 2, inputs), 2 + rng.random(inputs))
    return network, x, rng.integers(0, 2, outputs).astype(float)


def rows(wrong: np.ndarray, columns: np.ndarray) -> np.ndarray:
    return np.outer(wrong, columns).astype(bool)


def transposed(network: LinearClassifier, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Say which entries of δ xᵀ change if x δᵀ is put, row by row, into its shape."""
    delta = network.forward(x) - y
    right = [d * value for d in delta for value in x]
    read = [value * d for value in x for d in delta]
    differs = ~np.isclose(right, read, rtol=1e-3, atol=1e-5)
    return np.column_stack([differs.reshape(len(y), len(x)), np.zeros(len(y), bool)])


# Where each mistake makes the gradient wrong, in the shape of [W | b]. An entry's gradient is proportional to its
# part of (x, 1).
WHERE: dict[str, Callable[[LinearClassifier, np.ndarray, np.ndarray], np.ndarray]] = {
    "drop_sigmoid": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
    "repeat_sigmoid": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
    "halve_loss": lambda network, x, y: rows(y == 0, np.append(x, 1) != 0),
    "forget_input": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 1),
    "transpose_product": transposed,
    "forget_bias": lambda network, x, y: rows(np.ones_like(y), np.append(np.zeros_like(x), 1)),
    "flip_sign": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
}


def test_each_has_its_place() -> None:
    assert list(WHERE) == list(WRONG_PARTIALS)


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_partials_are_accepted(seed: int, route: str) -> None:
    assert check_gradients(*case(seed, route)).agrees.all()


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("name", WRONG_PARTIALS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_partial_is_rejected_where_it_is_wrong_and_only_there(seed: int, name: str, route: str) -> None:
    network, x, y = case(seed, route)
    check = check_gradients(network, x, y, backward=WRONG_PARTIALS[name])
    where = WHERE[name](network, x, y)
    np.testing.assert_array_equal(check.agrees, ~where)
    assert check.passed is not where.any()


@pytest.mark.parametrize("name", WRONG_PARTIALS)
def test_the_mistake_is_in_the_partial_that_it_names(name: str) -> None:
    """What is printed as wrong is what is computed wrongly; what comes before it is right."""
    network, x, y = LinearClassifier(3, 2, rng=np.random.RandomState(0)), np.array([0.5, 1, 2]), np.array([1.0, 0])
    right, wrong = network.backward(x, y), WRONG_PARTIALS[name](network, x, y)
    begins = {
        "drop_sigmoid": "loss_wrt_linear1",
        "repeat_sigmoid": "loss_wrt_linear1",
        "halve_loss": "loss_wrt_sigmoid",
        "forget_input": "linear1_wrt_weight",
        "transpose_product": "loss_wrt_weight",
        "forget_bias": "loss_wrt_bias",
        "flip_sign": "loss_wrt_linear1",
    }[name]
    changed = [field for field, value in vars(right).items() if not np.array_equal(value, getattr(wrong, field))]
    assert changed[0] == begins


def test_half_of_the_loss_is_a_product_like_the_whole() -> None:
    network, x, y = case(3)
    wrong = WRONG_PARTIALS["halve_loss"](network, x, y)
    np.testing.assert_allclose(wrong.loss_wrt_linear1, wrong.loss_wrt_sigmoid * wrong.sigmoid_wrt_linear1, rtol=1e-12)


@pytest.mark.parametrize("name", WRONG_PARTIALS)
@pytest.mark.parametrize(("logit", "label"), [(800.0, 0.0), (-800.0, 1.0)])
def test_saturated_numbers_stay_finite(name: str, logit: float, label: float) -> None:
    network = LinearClassifier.from_weights([[logit]], [0.0])
    gradient = WRONG_PARTIALS[name](network, np.ones(1), np.array([label]))
    assert all(np.isfinite(values).all() for values in vars(gradient).values())
