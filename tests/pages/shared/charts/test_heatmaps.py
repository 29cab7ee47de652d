"""Digits in the cells of a matrix."""

from __future__ import annotations

import pytest

from pages.shared.charts.heatmaps import digits_for


@pytest.mark.parametrize("limit", [9.99, 10.0, 99.9, 100.0, 999.0])
def test_the_digits_of_the_largest_number_fit_and_leave_room_beside_them(limit: float) -> None:
    for width, decimals in digits_for(limit):
        # In letters of 14 pixels a digit and a sign are 7 pixels wide, a point 3.5.
        text = f"-{limit:.{decimals}f}"
        assert 7 <= width - (7 * (len(text) - 1) + 3.5) < 14, (width, text)


def test_a_narrow_cell_has_digits_of_numbers_below_a_hundred() -> None:
    # The cells of four experiments side by side, of a comparison in a window of 1280 pixels
    assert min(width for width, _ in digits_for(28.6)) <= 43
