"""Standardised columns have mean 0 and deviation 1, and another sample can follow them."""

import numpy as np
import pytest

from classifier import Experiment, ExperimentError, Run, standardise


def test_each_column_gets_mean_0_and_deviation_1() -> None:
    table = np.random.default_rng(0).normal([3, -200, 1e-5], [1, 50, 1e-6], (80, 3))
    result = standardise(table.tolist(), decimals=12)
    scaled = np.array(result.inputs)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-10)
    mean, scale = np.transpose(result.scaling)
    np.testing.assert_allclose((table - mean) / scale, scaled, atol=1e-11)


def test_three_decimals_are_kept() -> None:
    assert standardise([[0], [1], [3]]).inputs == ((-1.069,), (-0.267,), (1.336,))


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6, 1.1e99])
def test_a_constant_column_becomes_0(value: float) -> None:
    """Also where the mean of equal numbers rounds to another number."""
    result = standardise([[value]] * 7)
    assert result.inputs == ((0,),) * 7
    assert [scale for _, scale in result.scaling] == [1]


def test_a_constant_column_is_known_beside_others() -> None:
    """Seven times 0.1 have a mean that is another number, and so a deviation that is not 0."""
    result = standardise([[0.1, value] for value in range(7)])
    assert [row[0] for row in result.inputs] == [0] * 7
    assert [scale for _, scale in result.scaling] == [1, 2]


def test_no_zero_is_negative() -> None:
    assert "-0.0" not in repr(standardise([[-1e-9], [1], [-1], [0]]).inputs)


def test_an_experiment_keeps_the_constants_and_its_run_does_not_know() -> None:
    """With them the measured values come back, to the decimals that were kept."""
    table = [[5.1, 200.0], [4.9, 240.0], [6.3, 90.0]]
    result = standardise(table)
    plain = Experiment(result.inputs, [[1], [0], [1]], epochs=50)
    kept = plain.replace(scaling=result.scaling)
    assert kept.scaling == result.scaling
    mean, scale = np.transpose(kept.scaling)
    assert mean.tolist() == [5.433333333333334, 176.66666666666666]
    np.testing.assert_allclose(np.array(kept.inputs) * scale + mean, table, atol=5e-4 * scale.max())
    runs = [Run(experiment) for experiment in (plain, kept)]
    for run in runs:
        run.advance()
    np.testing.assert_array_equal(runs[0].history.running_loss, runs[1].history.running_loss)
    assert "scaling" not in repr(plain)


@pytest.mark.parametrize(
    ("scaling", "words", "place"),
    [
        (5, "Scaling: 5 for 2 inputs", (None, None)),
        ([(0, 1)], "Scaling: 1 row for 2 inputs", (None, None)),
        ([(0, 1), 7], "Scaling of x₂: 7 is not a mean and a scale", (1, None)),
        ([(0, 1), (0, 1, 2)], "Scaling of x₂: (0, 1, 2) is not", (1, None)),
        ([("a", 1), (0, 1)], "Scaling of x₁, mean: 'a' is not a number", (0, 0)),
        ([(0, float("nan")), (0, 1)], "Scaling of x₁, scale: nan is not a finite number", (0, 1)),
        ([(0, 1), (0, 0)], "Scaling of x₂, scale: 0 is out of range", (1, 1)),
        ([(0, 0.99e-100), (0, 1)], "out of range. It lies between 1e-100 and 1e+100", (0, 1)),
        ([(0, 1), (0, 1.01e100)], "Scaling of x₂, scale: 1.01e+100 is out of range", (1, 1)),
        ([(0, 1), (-1e101, 1)], "Scaling of x₂, mean: -1e+101 is too large", (1, 0)),
        ([(1.01e100, 1), (0, 1)], "too large. It lies between -1e+100 and 1e+100", (0, 0)),
    ],
)
def test_bad_constants_are_named(scaling: object, words: str, place: tuple[int | None, int | None]) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment([[1, 2]], [[1]], scaling=scaling)
    assert words in str(caught.value)
    assert (caught.value.field, caught.value.row, caught.value.column) == ("scaling", *place)


@pytest.mark.parametrize("pair", [(1e100, 1), (-1e100, 1), (0, 1e100), (0, 1e-100)])
def test_constants_that_are_just_within_the_limits_are_kept(pair: tuple[float, float]) -> None:
    assert Experiment([[1]], [[1]], scaling=[pair]).scaling == (pair,)
