"""Standardised columns have mean 0 and deviation 1, and another sample can follow them."""

import numpy as np
import pytest

from classifier import standardise


def test_each_column_gets_mean_0_and_deviation_1() -> None:
    table = np.random.default_rng(0).normal([3, -200, 1e-5], [1, 50, 1e-6], (80, 3))
    result = standardise(table.tolist(), decimals=12)
    scaled = np.array(result.inputs)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-10)
    np.testing.assert_allclose((table - result.mean) / result.scale, scaled, atol=1e-11)


def test_three_decimals_are_kept() -> None:
    assert standardise([[0], [1], [3]]).inputs == ((-1.069,), (-0.267,), (1.336,))


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
def test_a_constant_column_becomes_0(value: float) -> None:
    """Also where the mean of equal numbers rounds to another number."""
    result = standardise([[value]] * 7)
    assert result.inputs == ((0,),) * 7
    assert result.scale == (1,)


def test_no_zero_is_negative() -> None:
    assert "-0.0" not in repr(standardise([[-1e-9], [1], [-1], [0]]).inputs)
