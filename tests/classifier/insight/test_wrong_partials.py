"""The gradient check rejects each wrong partial exactly where it is wrong, and accepts the right one everywhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from classifier import WRONG_PARTIALS, LayerPass, Network, check_gradients
from classifier.insight.wrong_partials import possible

SEEDS = range(20)


def case(seed: int, route: str = "fused") -> tuple[Network, np.ndarray, np.ndarray]:
    """Draw a network of any shape that saturates nowhere, inputs with 0 and 1 among them, and hard labels."""
    rng = np.random.default_rng(seed)
    inputs, outputs = (int(n) for n in rng.integers(1, 6, 2))
    network = Network([0.2 * rng.standard_normal((outputs, inputs + 1))], route=route)
    x = np.where(rng.random(inputs) < 0.5, rng.integers(0, 2, inputs), 2 + rng.random(inputs))
    return network, x, rng.integers(0, 2, outputs).astype(float)


def rows(wrong: np.ndarray, columns: np.ndarray) -> np.ndarray:
    return np.outer(wrong, columns).astype(bool)


def transposed(network: Network, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Say which entries of δ xᵀ change if x δᵀ is put, row by row, into its shape."""
    delta = network.forward(x) - y
    right = [d * value for d in delta for value in x]
    read = [value * d for value in x for d in delta]
    differs = ~np.isclose(right, read, rtol=1e-3, atol=1e-5)
    return np.column_stack([differs.reshape(len(y), len(x)), np.zeros(len(y), bool)])


# Where each mistake makes the gradient wrong, in the shape of [W | b]. An entry's gradient is proportional to its
# part of (x, 1).
WHERE: dict[str, Callable[[Network, np.ndarray, np.ndarray], np.ndarray]] = {
    "drop_sigmoid": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
    "repeat_sigmoid": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
    "halve_loss": lambda network, x, y: rows(y == 0, np.append(x, 1) != 0),
    "forget_input": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 1),
    "other_input": lambda network, x, y: rows(np.ones_like(y), np.append(x != np.roll(x, -1), False)),
    "transpose_product": transposed,
    "forget_bias": lambda network, x, y: rows(np.ones_like(y), np.append(np.zeros_like(x), 1)),
    "flip_sign": lambda network, x, y: rows(np.ones_like(y), np.append(x, 1) != 0),
}


def test_each_has_its_place() -> None:
    assert list(WHERE) == [name for name in WRONG_PARTIALS if possible(name, Network([[[0.0, 0.0, 0.0]]]))]
    assert not possible("other_input", Network([[[0.0, 0.0]]]))


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_partials_are_accepted(seed: int, route: str) -> None:
    assert check_gradients(*case(seed, route))[0].agrees.all()


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("name", WHERE)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_partial_is_rejected_where_it_is_wrong_and_only_there(seed: int, name: str, route: str) -> None:
    network, x, y = case(seed, route)
    (check,) = check_gradients(network, x, y, backward=WRONG_PARTIALS[name])
    where = WHERE[name](network, x, y)
    np.testing.assert_array_equal(check.agrees, ~where)
    assert check.passed is not where.any()


@pytest.mark.parametrize("name", WHERE)
def test_the_mistake_is_in_the_partial_that_it_names(name: str) -> None:
    """What is printed as wrong is what is computed wrongly; what comes before it is right."""
    network, x, y = Network.from_sizes((3, 2), rng=np.random.RandomState(0)), np.array([0.5, 1, 2]), np.array([1.0, 0])
    (right,), (wrong,) = network.backward(x, y), WRONG_PARTIALS[name](network, x, y)
    begins = {
        "drop_sigmoid": "loss_wrt_logits",
        "repeat_sigmoid": "loss_wrt_logits",
        "halve_loss": "loss_wrt_output",
        "forget_input": "loss_wrt_weight",
        "other_input": "loss_wrt_weight",
        "transpose_product": "loss_wrt_weight",
        "forget_bias": "loss_wrt_bias",
        "flip_sign": "loss_wrt_logits",
    }[name]
    changed = [field for field, value in vars(right).items() if not np.array_equal(value, getattr(wrong, field))]
    assert changed[0] == begins


def test_half_of_the_loss_is_a_product_like_the_whole() -> None:
    network, x, y = case(3)
    (wrong,) = WRONG_PARTIALS["halve_loss"](network, x, y)
    np.testing.assert_allclose(wrong.loss_wrt_logits, wrong.loss_wrt_output * wrong.output_wrt_logits, rtol=1e-12)


@pytest.mark.parametrize("name", WHERE)
@pytest.mark.parametrize(("logit", "label"), [(800.0, 0.0), (-800.0, 1.0)])
def test_saturated_numbers_stay_finite(name: str, logit: float, label: float) -> None:
    network = Network([[[logit, 0.0]]])
    (gradient,) = WRONG_PARTIALS[name](network, np.ones(1), np.array([label]))
    assert all(np.isfinite(values).all() for values in vars(gradient).values())


def deep(activation: str, route: str, sizes: tuple[int, ...] = (3, 4, 4, 2)) -> tuple[Network, np.ndarray, np.ndarray]:
    network = Network.from_sizes(sizes, rng=np.random.RandomState(1), dtype=float, activation=activation, route=route)
    return network, np.array([0.5, 0.9, 2]), np.array([1.0, 0])


# Of a network of two hidden layers: which layers a mistake makes wrong, of 0 to 2.
LAYERS = {
    **dict.fromkeys(("drop_sigmoid", "repeat_sigmoid", "halve_loss", "flip_sign"), (0, 1, 2)),
    **dict.fromkeys(("forget_input", "other_input", "transpose_product", "forget_bias"), (0, 1, 2)),
    "forget_transpose": (0,),
    **dict.fromkeys(("forget_slope", "slope_at_output", "update_first", "pass_output_gradient"), (0, 1)),
}


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("name", WRONG_PARTIALS)
def test_each_spoils_the_layers_that_it_must_and_no_other(name: str, activation: str, route: str) -> None:
    checks = check_gradients(*deep(activation, route), backward=WRONG_PARTIALS[name])
    wrong = tuple(k for k, check in enumerate(checks) if not check.passed)
    assert wrong == (() if (name, activation) == ("slope_at_output", "relu") else LAYERS[name])


@pytest.mark.parametrize("name", WRONG_PARTIALS)
def test_the_mistakes_between_layers_begin_where_they_say(name: str) -> None:
    at = deep("tanh", "fused")
    right, wrong = at[0].backward(*at[1:]), WRONG_PARTIALS[name](*at)

    def changed(layer: LayerPass, other: LayerPass) -> list[str]:
        return [field for field, value in vars(layer).items() if not np.array_equal(value, getattr(other, field))]

    (first, *_), below = changed(right[2], wrong[2]) or [""], changed(right[1], wrong[1]) or [""]
    begins = {
        "forget_transpose": "",
        "forget_slope": "output_wrt_logits",
        "slope_at_output": "output_wrt_logits",
        "update_first": "loss_wrt_output",
        "pass_output_gradient": "loss_wrt_output",
    }
    if name in begins:
        assert (first, below[0]) == ("", begins[name])
        assert changed(right[0], wrong[0])
    else:
        assert first


@pytest.mark.parametrize(
    ("sizes", "count", "transpose"), [((3, 2), 8, False), ((3, 2, 2), 13, True), ((3, 4, 2), 12, False)]
)
def test_mistakes_between_layers_need_layers(sizes: tuple[int, ...], count: int, transpose: bool) -> None:
    network, *_ = deep("tanh", "fused", sizes)
    assert [possible(name, network) for name in WRONG_PARTIALS].count(True) == count
    assert possible("forget_transpose", network) is transpose
