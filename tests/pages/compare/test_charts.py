"""The charts of a comparison: every experiment named, told apart, and on one scale."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from classifier import MAX_MEMBERS, Experiment, Sweep
from pages.compare.charts import SweepShown, build
from pages.shared.charts import palette
from pages.shared.charts.chart import figures
from tests.contrast import channels, contrast
from tests.plotly_rules import assert_plotly_reads

TUTORIAL = Experiment.tutorial()
NAMES = [f"<b>{i}" for i in range(MAX_MEMBERS)]


def drawn(count: int, **changes: object) -> tuple[dict[str, dict], Sweep]:
    base = TUTORIAL.replace(**{"epochs": 30, **changes})
    sweep = Sweep([base.replace(seed=seed) for seed in range(count)])
    sweep.advance()
    return figures(build(SweepShown(sweep.experiments, NAMES[:count], "seed", sweep.histories))), sweep


@pytest.mark.parametrize("count", range(1, MAX_MEMBERS + 1))
def test_any_number_of_experiments_has_its_curves_and_matrices(count: int) -> None:
    charts, sweep = drawn(count)
    for figure in charts.values():
        assert_plotly_reads(figure)
        json.dumps(figure, allow_nan=False)
    assert len(charts["loss"]["data"]) == 2 * count + 1
    assert len(charts["weights"]["data"]) == count
    largest = max(np.abs(h.parameters[0]).max() for h in sweep.histories)
    for trace in charts["weights"]["data"]:
        assert (trace["zmin"], trace["zmax"]) == (pytest.approx(-largest), pytest.approx(largest))
    assert_apart(charts["weights"])


def assert_apart(weights: dict) -> None:
    """No matrix lies on another one, and all are within the chart."""
    boxes = []
    for trace in weights["data"]:
        x, y = (weights["layout"][f"{a}axis{trace[f'{a}axis'][1:]}"]["domain"] for a in "xy")
        assert 0 <= x[0] < x[1] <= 1.0001
        assert 0 <= y[0] < y[1] <= 1
        boxes.append((*x, *y))
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_curves_are_told_apart_and_named_and_the_matrices_are_their_legend() -> None:
    charts, _ = drawn(MAX_MEMBERS)
    strong = charts["loss"]["data"][1:-1:2]
    looks = [(trace["line"]["color"], trace["line"]["dash"]) for trace in strong]
    assert len(set(looks)) == MAX_MEMBERS
    for number, trace in enumerate(strong):
        assert trace["hovertemplate"].startswith(f"<b>seed &lt;b&gt;{number}</b>")
    swatches = charts["weights"]["layout"]["shapes"]
    assert [(s["line"]["color"], s["line"]["dash"]) for s in swatches] == looks
    assert [note["text"] for note in charts["weights"]["layout"]["annotations"]] == [
        name.replace("<", "&lt;").replace(">", "&gt;") for name in NAMES
    ]


def test_losses_of_any_size_have_a_place_on_both_axes() -> None:
    base = TUTORIAL.replace(epochs=300)
    sweep = Sweep([base.replace(learning_rate=rate) for rate in (0, 1e-3, 100)])
    sweep.advance()
    layout = figures(build(SweepShown(sweep.experiments, NAMES[:3], "lr", sweep.histories)))["loss"]["layout"]
    losses = np.concatenate([history.running_loss[1:] for history in sweep.histories])
    views = layout["meta"]["views"]
    assert list(views) == ["log", "linear"]
    assert layout["yaxis"]["type"] == "log"
    assert views["linear"]["yaxis.range"][1] >= losses.max()
    low, high = views["log"]["yaxis.range"]
    assert 10**high >= losses.max()
    assert 10**low <= losses[losses > 0].min() or high - low == 15


@pytest.mark.parametrize("changes", [{"epochs": 0}, {"epochs": 1}, {"learning_rate": 0}])
def test_runs_without_a_curve_have_figures_too(changes: dict[str, float]) -> None:
    charts, _ = drawn(2, **changes)
    for figure in charts.values():
        json.dumps(figure, allow_nan=False)


def test_every_colour_has_a_dark_twin_and_curves_stand_out_in_both_themes() -> None:
    charts, _ = drawn(MAX_MEMBERS)
    used = set(re.findall(r"#[0-9a-f]{6}", json.dumps(charts)))
    assert used <= set(palette.DARK)
    for colour in palette.MEMBERS:
        for line, paper in ((colour, "#ffffff"), (palette.DARK[colour], "#12161d")):
            assert contrast(channels(line), channels(paper)) >= 3


@pytest.mark.parametrize(
    ("rate", "large", "small"),
    [
        (3, [[66, 3], [56, 2], [46, 1]], [[66, 3], [56, 2], [46, 1], [40, 2]]),
        (100, [[54, None], [42, None]], [[54, None], [40, 2]]),  # powers of ten
    ],
)
def test_one_experiment_with_large_weights_takes_no_digits_from_the_others(
    rate: float, large: list[object], small: list[object]
) -> None:
    """Where there is room, both are written alike."""
    rates = [TUTORIAL.replace(learning_rate=each, epochs=50) for each in (0.01, rate)]
    sweep = Sweep(rates)
    sweep.advance()
    drawn = figures(build(SweepShown(rates, ["0.01", str(rate)], "lr", sweep.histories)))["weights"]["data"]
    assert [matrix["meta"]["digits"]["decimals"] for matrix in drawn] == [small, large]


def test_networks_of_other_shapes_show_all_their_layers_the_first_on_top() -> None:
    base = TUTORIAL.replace(epochs=5)
    sweep = Sweep([base.replace(hidden=hidden) for hidden in ((), (2,), (8, 8, 8), (4, 3))])
    sweep.advance()
    chart = figures(build(SweepShown(sweep.experiments, NAMES[:4], "hidden", sweep.histories)))["weights"]
    assert_apart(chart)
    shown = [(len(trace["hovertext"]), len(trace["hovertext"][0])) for trace in chart["data"]]
    assert shown == [
        *((4, 4),),
        *((2, 4), (4, 3)),
        *((8, 4), (8, 9), (8, 9), (4, 9)),
        *((4, 4), (3, 5), (4, 4)),
    ]
    assert [trace["hovertext"][0][0] for trace in chart["data"][1:3]] == ["W[h₁, x₁]", "W[y₁, h₁]"]
    largest = max(np.abs(matrices).max() for history in sweep.histories for matrices in history.parameters)
    assert [trace["zmax"] for trace in chart["data"]] == [pytest.approx(largest)] * 10


def test_matrices_claim_the_pixels_that_their_digits_need_unless_no_screen_has_them() -> None:
    weights = drawn(6)[0]["weights"]
    layout, matrix = weights["layout"], weights["data"][0]
    across = layout["meta"]["least"] - layout["margin"]["l"] - layout["margin"]["r"]
    cells = np.diff(layout["xaxis"]["domain"])[0] * across / len(matrix["hovertext"][0])
    narrowest = matrix["meta"]["digits"]["decimals"][-1][0]
    assert narrowest <= cells < narrowest + 1
    wide = TUTORIAL.replace(inputs=[[1.0] * 40] * 5, input_names=None, epochs=5)
    sweep = Sweep([wide, wide.replace(seed=1)])
    sweep.advance()
    assert (
        "least"
        not in figures(build(SweepShown(sweep.experiments, NAMES[:2], "seed", sweep.histories)))["weights"]["layout"][
            "meta"
        ]
    )
