"""The tutorial's formulas break exactly where the code says they do, and for the reason that it gives."""

from __future__ import annotations

import math
from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from classifier import Experiment, Run
from classifier.insight import unguarded as formulas
from classifier.insight.thresholds import Threshold, thresholds
from classifier.insight.unguarded import Evaluation, Reason, evaluate, is_bad, reason, unguarded
from classifier.insight.unguarded_run import train_unguarded
from tests.classifier import reference
from tests.classifier.truth import TRUTH, units

TUTORIAL = Experiment.tutorial()
truth = cache(formulas.truth)  # of 400 digits; every form and dtype asks for the same
QUANTITIES = tuple(field.name for field in fields(Evaluation))
DTYPES = ("float32", "float64")

# From design/numerics: found by bisection, not by the code under test.
EXPECTED = {
    "float32": {"overflow": -88.72284, "silent": -44.36142, "tenth": 14.44, "one": 16.635532},
    "float64": {"overflow": -709.7827128933841, "silent": -354.89135644669, "tenth": 34.54, "one": 36.7368005696771},
}


def of(dtype: str, kind: str) -> Threshold:
    return next(threshold for threshold in thresholds(dtype) if threshold.kind == kind)


def scalar(dtype: str, value: float) -> np.ndarray:
    return np.asarray(np.dtype(dtype).type(value))


def at(dtype: str, z: float, y: float, form: str = "unguarded") -> dict[str, float | None]:
    values = evaluate(form, scalar(dtype, z), scalar(dtype, y))
    return {name: None if getattr(values, name) is None else float(getattr(values, name)) for name in QUANTITIES}


def bad(dtype: str, z: float, y: float, form: str = "unguarded") -> set[str]:
    true = truth(z, y)
    return {
        name
        for name, value in at(dtype, z, y, form).items()
        if value is not None and is_bad(name, value, true[name], dtype)
    }


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_thresholds_are_those_of_the_table(dtype: str) -> None:
    found = {threshold.kind: threshold.z for threshold in thresholds(dtype) if threshold.kind != "floor"}
    assert found == pytest.approx(EXPECTED[dtype], abs=0.005)
    assert {kind: found[kind] for kind in ("overflow", "silent", "one")} == pytest.approx(
        {kind: EXPECTED[dtype][kind] for kind in ("overflow", "silent", "one")}, rel=1e-7
    )


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (
            "float32",
            [
                ("overflow", -88.72283935546875, (0, 1)),
                ("silent", -44.361419677734375, (1,)),
                ("floor", -27.63102149963379, (1,)),
                ("tenth", 14.43830680847168, (0,)),
                ("one", 16.63553237915039, (0, 1)),
            ],
        ),
        (
            "float64",
            [
                ("overflow", -709.7827128933841, (0, 1)),
                ("silent", -354.89135644669204, (1,)),
                ("floor", -27.63102111592655, (1,)),
                ("floor", 27.631043237893362, (0,)),
                ("tenth", 34.539575992340886, (0,)),
                ("one", 36.73680056967711, (0, 1)),
            ],
        ),
    ],
)
def test_each_threshold_has_its_logit_and_the_labels_for_which_it_matters(
    dtype: str, expected: list[tuple[str, float, tuple[int, ...]]]
) -> None:
    """To a few units in the last place, which the machine's own e^x may round otherwise."""
    found = thresholds(dtype)
    assert [(threshold.kind, threshold.labels) for threshold in found] == [
        (kind, labels) for kind, _, labels in expected
    ]
    units_apart = [
        units(threshold.z, z, np.dtype(dtype).type) for threshold, (_, z, _) in zip(found, expected, strict=True)
    ]
    assert max(units_apart) <= 4


@pytest.mark.parametrize("dtype", DTYPES)
def test_thresholds_come_in_order_and_between_neighbours(dtype: str) -> None:
    found = thresholds(dtype)
    assert [threshold.z for threshold in found] == sorted(threshold.z for threshold in found)
    number = np.dtype(dtype).type
    for threshold in found:
        assert np.nextafter(number(threshold.before), number(threshold.z)) == number(threshold.z)
        assert abs(threshold.before) < abs(threshold.z)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("kind", "y", "broken"),
    [
        ("overflow", 0.0, {"loss", "loss_wrt_sigmoid", "sigmoid_wrt_linear1", "loss_wrt_linear1"}),
        ("overflow", 1.0, {"loss_wrt_sigmoid"}),
        ("silent", 1.0, {"sigmoid_wrt_linear1", "loss_wrt_linear1"}),
        ("tenth", 0.0, {"loss_wrt_linear1"}),
        ("one", 0.0, {"loss", "loss_wrt_sigmoid", "loss_wrt_linear1"}),
        ("one", 1.0, {"loss", "loss_wrt_sigmoid", "loss_wrt_linear1"}),
    ],
)
def test_at_a_threshold_the_value_breaks_that_was_good_before(
    dtype: str, kind: str, y: float, broken: set[str]
) -> None:
    threshold = of(dtype, kind)
    assert y in threshold.labels
    newly = bad(dtype, threshold.z, y) - bad(dtype, threshold.before, y)
    # Already wrong before this threshold, and no longer a number from it on: ∂L/∂ŷ is inexact and then infinite,
    # ∂ŷ/∂z is 0 and then NaN.
    for name in broken - newly:
        assert not math.isfinite(at(dtype, threshold.z, y)[name]), name
        assert math.isfinite(at(dtype, threshold.before, y)[name]), name


@pytest.mark.parametrize("dtype", DTYPES)
def test_no_logit_below_the_tenth_is_a_tenth_off(dtype: str) -> None:
    threshold = of(dtype, "tenth")
    z = np.linspace(threshold.z - 4, threshold.before, 20_001).astype(dtype)
    product = unguarded(z, np.zeros_like(z)).loss_wrt_linear1
    fused = evaluate("fused", z, np.zeros_like(z)).loss_wrt_linear1
    assert np.abs(product / fused - 1).max() <= 0.1


def test_the_guards_floor_is_where_the_chain_begins_to_fail() -> None:
    for dtype in DTYPES:
        for threshold in (found for found in thresholds(dtype) if found.kind == "floor"):
            (y,) = threshold.labels
            fused = at(dtype, threshold.z * 1.02, y, "fused")["loss_wrt_linear1"]
            assert at(dtype, threshold.before, y, "chain")["loss_wrt_linear1"] == pytest.approx(fused, rel=1e-3)
            assert abs(at(dtype, threshold.z * 1.02, y, "chain")["loss_wrt_linear1"]) < 0.9 * abs(fused)
    assert [found.kind for found in thresholds("float32")].count("floor") == 1
    assert [found.kind for found in thresholds("float64")].count("floor") == 2


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("quantity", "kind", "y", "why"),
    [
        ("yhat", "overflow", 1.0, Reason("1/(1 + inf)")),
        ("loss", "overflow", 0.0, Reason("0 · log 0")),
        ("loss", "overflow", 1.0, Reason("−log 0 = inf, clipped to 100")),
        ("loss_wrt_sigmoid", "overflow", 0.0, Reason("{}/{}", (0, 0))),
        ("loss_wrt_sigmoid", "overflow", 1.0, Reason("{}/{}", (-1, 0))),
        ("sigmoid_wrt_linear1", "overflow", 1.0, Reason("{}/{}", (math.inf, math.inf))),
        ("yhat", "one", 1.0, Reason("1 + e⁻ᶻ rounds to 1")),
        ("loss", "one", 1.0, Reason("0 · log 0")),
        ("loss_wrt_sigmoid", "one", 1.0, Reason("{}/{}", (0, 0))),
        ("loss_wrt_sigmoid", "one", 0.0, Reason("{}/{}", (1, 0))),
    ],
)
def test_reasons(dtype: str, quantity: str, kind: str, y: float, why: Reason) -> None:
    threshold = of(dtype, kind)
    assert reason("unguarded", quantity, scalar(dtype, threshold.z), scalar(dtype, y)) == why
    assert reason("unguarded", quantity, scalar(dtype, threshold.before), scalar(dtype, y)) != why


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("form", "quantity", "z", "y", "why"),
    [
        ("unguarded", "loss", -70, 1.0, None),  # of float32 and float64 alike
        ("unguarded", "loss", -80, 1.0, None),
        ("unguarded", "loss", 1000, 0.0, Reason("−log 0 = inf, clipped to 100")),
        ("chain", "loss", -60, 1.0, None),
        ("chain", "loss", -1000, 1.0, Reason("log is floored at −100")),
        ("chain", "yhat", -1000, 1.0, Reason("eᶻ rounds to 0")),
        ("fused", "yhat", 1000, 0.0, Reason("1 + e⁻ᶻ rounds to 1")),
        ("fused", "loss_wrt_linear1", 1000, 1.0, Reason("1 − 1")),
        ("fused", "loss_wrt_linear1", 1000, 0.0, None),
        ("fused", "loss_wrt_linear1", 2, 1.0, None),
        ("fused", "loss", -1000, 1.0, None),
        ("fused", "loss", 1000, 0.0, None),
        ("chain", "loss_wrt_sigmoid", -40, 1.0, Reason("ŷ − ŷ² is floored at 10⁻¹²")),
        ("chain", "loss_wrt_sigmoid", -20, 1.0, None),
        ("unguarded", "loss_wrt_sigmoid", -20, 1.0, None),
        ("unguarded", "loss_wrt_sigmoid", 12, 0.0, Reason("ŷ − ŷ² has few digits left")),
        ("chain", "sigmoid_wrt_linear1", 1000, 0.0, Reason("ŷ is exactly 1")),
        ("chain", "sigmoid_wrt_linear1", 12, 0.0, Reason("1 − ŷ has few digits left")),
        ("chain", "sigmoid_wrt_linear1", -1000, 1.0, Reason("eᶻ rounds to 0")),
        ("chain", "sigmoid_wrt_linear1", -20, 1.0, None),
        ("unguarded", "sigmoid_wrt_linear1", 1000, 1.0, Reason("e⁻ᶻ rounds to 0")),
        ("unguarded", "sigmoid_wrt_linear1", 2, 1.0, None),
        ("unguarded", "sigmoid_wrt_linear1", -1000, 1.0, Reason("{}/{}", (math.inf, math.inf))),
    ],
)
def test_a_reason_is_given_where_there_is_one(
    form: str, quantity: str, z: float, y: float, why: Reason | None, dtype: str
) -> None:
    assert reason(form, quantity, scalar(dtype, z), scalar(dtype, y)) == why


def test_a_loss_of_a_hundred_is_where_the_tutorial_clips() -> None:
    """In float64, where e^100 is a number."""
    for z, loss, why in ((-99, 99, None), (-101, 100, Reason("clipped to 100")), (-300, 100, Reason("clipped to 100"))):
        assert at("float64", z, 1.0)["loss"] == pytest.approx(loss, rel=1e-12)
        assert reason("unguarded", "loss", scalar("float64", z), scalar("float64", 1.0)) == why


@pytest.mark.parametrize("form", ["unguarded", "chain", "fused"])
def test_what_a_form_rounds_away_is_meant(form: str) -> None:
    with np.errstate(all="raise"):
        for dtype in DTYPES:
            for z in (-1000, -95, -50, 50, 1000):
                values = evaluate(form, scalar(dtype, z), scalar(dtype, 1.0))
                reason(form, "yhat", scalar(dtype, z), scalar(dtype, 1.0))  # raises nothing
                assert values.yhat.dtype == dtype


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_silent_one_names_what_it_divides_by(dtype: str) -> None:
    z, one = scalar(dtype, of(dtype, "silent").z), scalar(dtype, 1.0)
    slope, product = (reason("unguarded", name, z, one) for name in ("sigmoid_wrt_linear1", "loss_wrt_linear1"))
    assert (slope.arithmetic, slope.operands[1]) == ("{}/{}", math.inf)
    assert 1e18 < slope.operands[0] < math.inf
    assert (product.arithmetic, product.operands[1]) == ("{} · {}", 0)
    outer, inner = reason("unguarded", "loss_wrt_linear1", scalar(dtype, of(dtype, "overflow").z), one).operands
    assert (outer, math.isnan(inner)) == (-math.inf, True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_what_is_good_but_rounded_says_so_and_what_is_exact_says_nothing(dtype: str) -> None:
    zero, one, far = (scalar(dtype, value) for value in (0.0, 1.0, 1e4))
    assert reason("unguarded", "sigmoid_wrt_linear1", far, one) == Reason("e⁻ᶻ rounds to 0")
    assert reason("unguarded", "sigmoid_wrt_linear1", zero, one) is None
    assert reason("chain", "sigmoid_wrt_linear1", zero, one) is None
    assert reason("fused", "loss_wrt_linear1", far, one) == Reason("1 − 1")
    assert reason("fused", "loss_wrt_linear1", far, zero) is None
    assert reason("fused", "loss_wrt_linear1", zero, one) is None
    assert reason("fused", "loss", far, zero) is None


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("form", ["unguarded", "chain", "fused"])
def test_whatever_is_bad_has_its_reason(dtype: str, y: float, form: str) -> None:
    low, high = {"float32": (-110, 30), "float64": (-750, 60)}[dtype]
    breaks = [z for threshold in thresholds(dtype) for z in (threshold.z, threshold.before)]
    for z in [*breaks, *np.linspace(low, high, 281).astype(dtype).tolist()]:
        for quantity in bad(dtype, z, y, form):
            assert reason(form, quantity, scalar(dtype, z), scalar(dtype, y)), (quantity, z)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_the_fused_form_is_good_everywhere(dtype: str, y: float) -> None:
    for z in np.linspace(-760, 760, 96).tolist():
        assert bad(dtype, z, y, "fused") == set(), z


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("form", ["chain", "fused"])
def test_the_guarded_forms_are_finite_everywhere(dtype: str, form: str) -> None:
    z = np.linspace(-1e4, 1e4, 4001).astype(dtype)
    for y in (0, 1):
        values = evaluate(form, z, np.full_like(z, y))
        for name in QUANTITIES:
            if getattr(values, name) is not None:
                assert np.isfinite(getattr(values, name)).all(), name


def test_the_truth_is_mpmaths() -> None:
    for z, sigmoid, rest, softplus_minus, softplus in TRUTH[:-1]:  # 10⁴ is beyond the 400 digits
        for y, loss in ((1.0, softplus_minus), (0.0, softplus)):
            true = truth(z, y)
            assert float(true["yhat"]) == pytest.approx(sigmoid, rel=1e-15)
            assert units(float(true["loss"]), loss, np.float64) <= 1, z
            assert float(abs(true["loss_wrt_linear1"])) == pytest.approx(rest if y else sigmoid, rel=1e-14, abs=1e-320)
            product = float(true["loss_wrt_sigmoid"] * true["sigmoid_wrt_linear1"])
            assert product == pytest.approx(float(true["loss_wrt_linear1"]), rel=1e-15, abs=0)


def test_where_nothing_breaks_the_formulas_are_the_layers() -> None:
    z = np.linspace(-10, 10, 201)
    for y in (0.0, 0.25, 1.0):
        ours, theirs = evaluate("chain", z, np.full_like(z, y)), unguarded(z, np.full_like(z, y))
        for name in QUANTITIES:
            np.testing.assert_allclose(getattr(theirs, name), getattr(ours, name), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("lr", [0.01, 0.1])
def test_where_it_lives_the_training_is_the_tutorials(lr: float) -> None:
    experiment = TUTORIAL.replace(epochs=60, learning_rate=lr)
    ours = train_unguarded(experiment)
    assert ours.death is None
    rows, labels = [list(x) for x in experiment.inputs], [list(y) for y in experiment.labels]
    theirs = [loss for loss, _ in reference.train(rows, labels, epochs=60, lr=lr, seed=42)]
    np.testing.assert_allclose(ours.running_loss, theirs, rtol=1e-6)


def test_a_quarter_makes_the_gradient_infinite_in_the_second_epoch() -> None:
    death = train_unguarded(TUTORIAL.replace(learning_rate=0.25)).death
    assert (death.epoch, death.sample, death.output) == (1, 3, 0)
    assert (death.quantity, death.value, death.why) == ("loss_wrt_sigmoid", math.inf, Reason("{}/{}", (1, 0)))
    assert death.z > of("float32", "one").z
    assert train_unguarded(TUTORIAL.replace(learning_rate=0.25, dtype="float64", epochs=50)).death is None


@pytest.mark.parametrize("lr", [0.3, 0.5, 1.0, 10.0])
def test_a_death_is_where_the_tutorials_own_assert_trips(lr: float) -> None:
    experiment = TUTORIAL.replace(learning_rate=lr, epochs=20)
    ours = train_unguarded(experiment)
    rows, labels = [list(x) for x in experiment.inputs], [list(y) for y in experiment.labels]
    losses = []
    with np.errstate(all="ignore"), pytest.raises(AssertionError, match="nan"):
        losses += [loss for loss, _ in reference.train(rows, labels, epochs=20, lr=lr, seed=42)]
    assert ours.death is not None
    assert np.isfinite(ours.running_loss).all()
    assert len(ours.running_loss) == ours.death.epoch
    run = Run(experiment)
    run.advance()
    assert np.isfinite(run.history.running_loss[1:]).all()


def test_the_schedule_is_honoured() -> None:
    """It lives at the tutorial's rate, and dies soon after that is raised to one that kills."""
    experiment = TUTORIAL.replace(epochs=60, schedule=((40, 1.0),))
    death = train_unguarded(experiment).death
    assert death is not None
    assert 40 <= death.epoch < 60
    before = train_unguarded(TUTORIAL.replace(epochs=40)).running_loss
    np.testing.assert_array_equal(train_unguarded(experiment).running_loss[:40], before)


def test_eighty_of_four_hundred_seeds_die_at_the_tutorials_own_learning_rate() -> None:
    deaths = [train_unguarded(TUTORIAL.replace(seed=seed, epochs=30)).death for seed in range(400)]
    assert sum(death is not None for death in deaths) == 80
    assert deaths[42] is None


def test_a_running_loss_is_summed_in_float64() -> None:
    experiment = Experiment([[0.1, 0.7]], [[0, 1] * 8], learning_rate=0, epochs=1)
    matrix = Run(experiment).parameters_at(0)[0]
    losses = unguarded(matrix[:, :-1] @ experiment.input_array[0] + matrix[:, -1], experiment.label_array[0]).loss
    assert train_unguarded(experiment).running_loss.tolist() == [math.fsum(losses.astype(float))]


def test_a_training_by_the_formulas_is_silent_about_what_rounds_to_0() -> None:
    with np.errstate(all="raise"):
        lived = train_unguarded(Experiment([[1e-40]], [[0.5]], learning_rate=1e-10, epochs=3))
        died = train_unguarded(TUTORIAL.replace(learning_rate=0.3))
    assert lived.death is None
    assert died.death is not None


def test_the_tutorials_training_has_no_hidden_layers_and_refuses_them_by_name() -> None:
    with pytest.raises(ValueError, match="the unguarded run does not know the field hidden"):
        train_unguarded(TUTORIAL.replace(hidden=(2,)))
