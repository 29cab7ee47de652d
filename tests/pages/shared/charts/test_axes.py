"""Ticks of logarithmic axes: powers of ten as text, for what Plotly raises is too small to be read."""

from __future__ import annotations

import numpy as np
import pytest

from pages.gradient_check.charts import errors_by_step
from pages.shared.charts.axes import decades, names_axis, powers, room_below
from pages.shared.charts.running_loss import loss_layout
from pages.where_formulas_break.charts import Curve, against_logit


def test_powers_of_ten_are_text_at_their_places() -> None:
    ticks = powers(-7.3, 2.0, 3)
    assert ticks["tickvals"] == [1e-6, 1e-3, 1.0]
    assert ticks["ticktext"] == ["10⁻⁶", "10⁻³", "10⁰"]


def test_every_power_that_a_float_can_be_has_its_place() -> None:
    ticks = powers(-324.0, 309.0, 1)
    assert ticks["tickvals"][0] == 1e-323
    assert ticks["tickvals"][-1] == 1e308
    assert min(ticks["tickvals"]) > 0


@pytest.mark.parametrize(("low", "text"), [(1e-9, True), (1e-3, False)])
def test_few_decades_are_plain_numbers(low: float, text: bool) -> None:
    axis = decades(np.array([low, 1.0]))
    assert ("ticktext" in axis) is text
    assert axis.get("exponentformat", "none") == "none"


def test_each_view_of_a_loss_has_ticks_of_its_own() -> None:
    for first in ("linear", "log"):
        frame = loss_layout(9, np.array([1e-9, 1.0]), "", first=first)
        views = frame["meta"]["views"]
        assert views["linear"]["yaxis.tickmode"] == "auto"
        assert views["log"]["yaxis.tickmode"] == "array"
        assert views["log"]["yaxis.ticktext"][-1] == "10⁰"


def test_errors_of_a_gradient_check_have_powers_along_both_axes() -> None:
    steps = np.logspace(-12, -1, 12)
    frame = errors_by_step(steps, steps, (1e-6, 1e-6), steps).draw()["layout"]
    assert frame["xaxis"]["ticktext"][0] == "10⁻¹²"
    assert "10⁻⁶" in frame["yaxis"]["ticktext"]


def test_sizes_over_hundreds_of_decades_have_powers() -> None:
    curve = Curve("fused", np.array([-1.0, 0.0, 1.0]), np.array([1e-300, 1.0, 1e300]))
    axis = against_logit("gradient", [curve], [], log=True, span=(0.0, 1.0))["layout"]["yaxis"]
    assert "10⁰" in axis["ticktext"]
    assert len(axis["ticktext"]) >= 4


def test_neither_a_spike_nor_a_dip_pushes_the_others_out_of_sight() -> None:
    ordinary, spike = np.full(100, 7e-6), np.append(np.full(99, 1.0), 1e11)
    low, high = decades(ordinary, spike)["range"]
    assert low <= np.log10(7e-6) < 12 <= high
    # One in a hundred may lie below the fifteen decades, three may not.
    dips = np.full(100, 1.0)
    dips[0] = 1e-300
    assert decades(dips)["range"][0] == -14
    dips[:3] = 1e-300
    assert decades(dips)["range"][0] == -300


def test_of_many_names_only_some_are_written_so_that_none_lies_over_another() -> None:
    names = [f"x{number}" for number in range(24)]
    assert names_axis(names, down=True)["tickvals"] == list(range(0, 24, 2))
    assert names_axis(names)["tickvals"] == list(range(0, 24, 3))
    assert names_axis(names, share=0.5)["ticktext"] == names[::6]
    assert names_axis(names, down=True)["range"] == [23.5, -0.5]
    assert names_axis(names)["range"] == [-0.5, 23.5]


def test_a_long_name_under_a_chart_takes_two_lines() -> None:
    two, one = names_axis(["petal length"] * 4), names_axis(["petal length"])
    assert (two["ticktext"][0], one["ticktext"]) == ("petal<br>length", ["petal length"])
    assert room_below(two) > room_below(one)


def test_an_axis_of_decades_has_no_more_parts_than_are_asked_for() -> None:
    assert decades(np.array([1e-5, 1.0]), parts=2)["dtick"] == 3
    assert decades(np.array([1e-5, 1.0]))["dtick"] == 2
    assert decades(np.zeros(3)) == {"range": [-1.0, 1.0], "tickmode": "linear", "dtick": 1}
