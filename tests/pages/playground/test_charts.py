"""Figures are complete, keep their ranges, and take what a user typed for text."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from classifier import Experiment, Network, Run
from pages.playground.charts import charts
from pages.playground.charts.layer_gradients import layer_gradients, layer_sizes
from pages.playground.charts.run_shown import Pinned, RunShown
from pages.playground.charts.samples import predictions
from pages.playground.frames import run_frames
from pages.shared.charts import palette
from pages.shared.charts.axes import decades, epochs_axis
from pages.shared.charts.chart import figures
from pages.shared.text.shown_numbers import power_of_ten
from pages.where_formulas_break.charts import Curve, trainings
from tests.contrast import channels, contrast
from tests.plotly_rules import assert_plotly_reads

TUTORIAL = Experiment.tutorial()
ROWS = slice(0, 10)


def drawn(experiment: Experiment, rows: slice = ROWS) -> dict[str, dict]:
    run = Run(experiment)
    run.advance()
    return figures(charts.build(RunShown(experiment, run.history, rows)))


def texts(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else []
    return [text for child in children for text in texts(child)]


@pytest.fixture(scope="module")
def tutorial() -> dict[str, dict]:
    run = Run(TUTORIAL)
    run.advance()
    return figures(charts.build(RunShown(TUTORIAL, run.history, ROWS, Pinned("lr 0.1, <b>", run.history))))


def test_the_charts_of_the_screen_in_order(tutorial: dict[str, dict]) -> None:
    assert len(tutorial) == len(charts.BUILDERS)
    assert list(tutorial)[:6] == ["network", "predictions", "loss", "weights", "gradients", "layer_gradients"]
    for figure in tutorial.values():
        assert_plotly_reads(figure)
        # What goes to the browser is strict JSON: no NaN, no NumPy numbers.
        json.dumps(figure, allow_nan=False)
        assert figure["layout"]["meta"]["label"]
        assert figure["layout"]["xaxis"]["autorange"] is False
        assert figure["layout"]["yaxis"]["autorange"] is False


def test_heatmaps_share_one_scale_centred_on_zero(tutorial: dict[str, dict]) -> None:
    for name in ("weights", "gradients", "predictions"):
        heatmap = tutorial[name]["data"][0]
        assert heatmap["zmin"] == -heatmap["zmax"] < 0
        assert tuple(map(tuple, heatmap["colorscale"])) == palette.DIVERGING


def test_the_weights_scale_holds_for_the_whole_run(tutorial: dict[str, dict]) -> None:
    run = Run(TUTORIAL)
    run.advance()
    largest = max(np.abs(run.history.parameters[0][..., :-1]).max(), np.abs(run.history.parameters[0][..., -1]).max())
    assert tutorial["weights"]["data"][0]["zmax"] == pytest.approx(largest)


def test_a_layer_alone_takes_the_height_but_a_single_row_is_no_wall() -> None:
    deep = Experiment([[1, 0], [0, 1]], [[1], [0]], hidden=(4, 4), epochs=1)
    views = drawn(deep)["weights"]["layout"]["meta"]["views"]
    assert views["W²"]["yaxis2.domain"] == [0, 1]
    assert views["W³"]["yaxis3.domain"] == [0.75, 1]


def test_axes_carry_the_tables_names(tutorial: dict[str, dict]) -> None:
    assert list(tutorial["weights"]["layout"]["xaxis"]["ticktext"]) == ["x₁", "x₂", "x₃", "b"]
    assert list(tutorial["weights"]["layout"]["yaxis"]["ticktext"]) == ["y₁", "y₂", "y₃", "y₄"]
    assert list(tutorial["predictions"]["layout"]["yaxis"]["ticktext"]) == ["1", "2", "3", "4", "5"]
    assert tutorial["weights"]["data"][0]["hovertext"][1][0] == "W[y₂, x₁]"
    assert tutorial["weights"]["data"][0]["hovertext"][1][3] == "b[y₂]"


def test_what_a_user_typed_is_never_markup() -> None:
    names = ("<b>x</b>", "a & b", "<i>")
    figure = drawn(TUTORIAL.replace(epochs=2, input_names=names, label_names=("<u>", "2", "3", "4")))
    own = {"<b>", "</b>", "<br>", "<extra>", "</extra>", "</span>"}
    for text in texts(figure):
        tags = {tag for tag in re.findall(r"<[^>]*>", text) if not tag.startswith("<span style=")}
        assert tags <= own, text
    assert "&lt;b&gt;x&lt;/b&gt;" in figure["weights"]["data"][0]["hovertext"][0][0]


def test_a_long_name_is_cut_beside_the_chart_and_whole_on_hover() -> None:
    figure = drawn(TUTORIAL.replace(epochs=2, input_names=("sepal length in cm", "b2", "c")))
    assert figure["weights"]["layout"]["xaxis"]["ticktext"][0] == "sepal<br>length i…"
    assert (
        figure["weights"]["layout"]["margin"]["b"]
        > drawn(TUTORIAL.replace(epochs=2))["weights"]["layout"]["margin"]["b"]
    )
    assert "sepal length in cm" in figure["weights"]["data"][0]["hovertext"][0][0]


def test_many_columns_are_not_all_written() -> None:
    wide = Experiment(np.zeros((3, 64)), np.zeros((3, 16)), epochs=2)
    assert len(drawn(wide)["weights"]["layout"]["xaxis"]["ticktext"]) <= 9
    assert len(drawn(wide)["weights"]["layout"]["yaxis"]["ticktext"]) <= 12


def test_rows_shown_in_part_say_so() -> None:
    long = Experiment(np.zeros((25, 2)), np.zeros((25, 1)), epochs=2)
    figure = drawn(long, slice(20, 30))
    assert figure["predictions"]["layout"]["meta"]["rows"] == {"first": 20, "count": 5, "step": 10, "total": 25}
    assert list(figure["predictions"]["layout"]["yaxis"]["ticktext"]) == ["21", "22", "23", "24", "25"]


@pytest.mark.parametrize(
    ("rows", "outputs", "width", "height"),
    # The pixels of a cell in a window of 1280 × 720, with an example's text above the charts.
    [
        (5, 1, 229, 28),
        (5, 4, 57, 28),
        (8, 4, 57, 17),
        (10, 4, 57, 14),
        (5, 5, 45, 28),
        (10, 10, 22, 14),
        (10, 16, 14, 14),
    ],
)
def test_a_mark_of_a_wrong_prediction_stays_in_its_cell_and_off_the_digits(
    rows: int, outputs: int, width: float, height: float
) -> None:
    experiment = Experiment(np.zeros((rows, 2)), np.zeros((rows, outputs)))
    heatmap, marks, *_ = predictions(RunShown(experiment, Run(experiment).history, ROWS)).draw()["data"]
    marker = marks["marker"]
    assert marker["line"]["color"] == palette.PAPER  # dark marks are on dark cells, too
    assert len(marks["x"]) == len(marks["y"]) == rows * outputs  # the stage binds the opacity of each
    assert marker["opacity"] == 0
    # Plotly draws an x to 0.566 of its size on each side, plus half the width of its rim.
    half = 0.566 * marker["size"] + marker["line"]["width"] / 2
    assert 2 * half >= 10
    away = marker.get("standoff", 0) / 2**0.5
    assert marker["symbol"] == ("cross" if away else "x")
    for index in (0, -1):
        row, column = ((0, 0), (rows - 1, outputs - 1))[index]
        right = (marks["x"][index] - column) * width - away + half
        top = (row - marks["y"][index]) * height - away + half
        assert 2 * half - width / 2 <= right <= width / 2
        assert 2 * half - height / 2 <= top <= height / 2
    choices = heatmap["meta"]["digits"]["decimals"]
    for need, decimals in choices:
        # Measured widths, less one empty pixel on each side.
        digits = {4: 38.3, 3: 31.4, 2: 24.4}[decimals] - 2
        assert need / 2 - away - half >= digits / 2
    assert bool(choices) == bool(away)


def test_what_a_cross_means_is_said_beside_the_predictions_if_there_is_room() -> None:
    def about(figure: dict) -> str:
        return re.sub("<[^>]*>", "", figure["layout"]["title"]["text"])

    long = Experiment(np.zeros((25, 2)), np.zeros((25, 1)), epochs=2)
    whole, part = drawn(TUTORIAL.replace(epochs=2)), drawn(long)
    assert about(whole["predictions"]) == "Predictions  ŷ; ● label 1, ○ label 0, × wrong"
    assert about(part["predictions"]).strip() == "Predictions"


def test_the_legend_of_the_gradients_stands_above_their_curves(tutorial: dict[str, dict]) -> None:
    layout = tutorial["layer_gradients"]["layout"]
    legend = layout["legend"]
    assert (legend["y"], legend["yanchor"]) == (1, "bottom")
    # Room for the title and two lines of the legend.
    assert layout["margin"]["t"] >= 30 + 2 * 20
    # Each name has a point outside of the plot, for a curve without points has no name in a legend.
    named = [curve for curve in tutorial["layer_gradients"]["data"] if curve["showlegend"]]
    assert [curve["name"] for curve in named] == [f"∂L/∂{part}" for part in ("ŷ", "z", "W", "b")]
    assert all(curve["x"][0] < layout["xaxis"]["range"][0] for curve in named)
    # The plot below it is high enough for its ticks.
    ticks = decades(np.array([1e-9, 1e5]), parts=3)["tickvals"]
    assert np.diff(np.log10(ticks)).tolist() == pytest.approx([5.0] * (len(ticks) - 1))


@pytest.mark.parametrize("epochs", [0, 1, 2, 3, 4])
def test_few_epochs_have_whole_ticks_only(epochs: int) -> None:
    axis = epochs_axis(epochs, "")
    assert (axis["tick0"], axis["dtick"]) == (0, 1)
    assert "dtick" not in epochs_axis(5, "")


def test_the_title_of_the_trainings_fits_a_phone() -> None:
    title = trainings([Curve("fused", np.array([1.0]), np.array([1.0]))], None).draw()["layout"]["title"]["text"]
    assert len(re.sub("<[^>]*>", "", title)) <= 52


@pytest.mark.parametrize("changes", [{"epochs": 0}, {"epochs": 1}, {"learning_rate": 0}, {"learning_rate": 100}])
def test_runs_without_a_curve_have_figures_too(changes: dict[str, float]) -> None:
    for figure in drawn(TUTORIAL.replace(**{"epochs": 3, **changes})).values():
        json.dumps(figure, allow_nan=False)
        for axis in ("xaxis", "yaxis"):
            low, high = figure["layout"][axis]["range"]
            assert low != high


def test_every_colour_of_a_figure_has_a_dark_twin(tutorial: dict[str, dict]) -> None:
    used = {colour for text in texts(tutorial) for colour in re.findall(r"#[0-9a-f]{6}", text)}
    assert used <= set(palette.DARK)
    assert len(set(palette.DARK.values())) == len(palette.DARK)


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET, palette.ACCENT, palette.WRONG])
def test_text_and_marks_stand_out_in_both_themes(colour: str) -> None:
    for ink, paper in ((colour, "#ffffff"), (palette.DARK[colour], "#12161d")):
        assert contrast(channels(ink), channels(paper)) >= 4.5


def test_what_is_pinned_is_named_in_whole_parts_beside_the_title_and_whole_on_hover() -> None:
    run = Run(TUTORIAL.replace(epochs=2))
    run.advance()
    for name, beside in (
        ("lr 0.1", "pinned: lr 0.1<"),
        ("lr 0.1, 2000 epochs, chain", "pinned: lr 0.1, …<"),
        ("own initial weights", "pinned: own initial weights<"),
    ):
        figure = figures(charts.build(RunShown(TUTORIAL, run.history, ROWS, Pinned(name, run.history))))["loss"]
        assert beside in figure["layout"]["title"]["text"]
        assert f"<b>pinned: {name}</b>" in figure["data"][0]["hovertemplate"]


def test_one_pinned_epoch_is_a_mark() -> None:
    runs = [Run(TUTORIAL.replace(epochs=epochs)) for epochs in (0, 1, 2)]
    for run in runs:
        run.advance()
        figure = figures(charts.build(RunShown(TUTORIAL, run.history, ROWS, Pinned("", run.history))))["loss"]
        assert figure["data"][0]["mode"] == ("lines" if run.total > 1 else "markers")


def marks(schedule: tuple[tuple[int, float], ...]) -> tuple[list[int], list[str]]:
    layout = drawn(TUTORIAL.replace(epochs=100, schedule=schedule))["loss"]["layout"]
    shapes, labels = (layout.get(key, ()) for key in ("shapes", "annotations"))  # none is no list
    assert all((shape["x1"], shape["yref"]) == (shape["x0"], "paper") for shape in shapes)
    return [shape["x0"] for shape in shapes], [label["text"] for label in labels]


def test_the_loss_chart_marks_where_the_learning_rate_changes() -> None:
    assert marks(()) == ([], [])
    assert marks(((20, 0.1), (50, 1 / 8), (90, 1))) == ([20, 50, 90], ["lr 0.1", "lr 0.125"])
    assert marks(((20, 0.1), (30, 0.2), (31, 0.3))) == ([20, 30, 31], ["lr 0.1"])  # no room for the others
    assert marks(((90, 0.1), (100, 0.2), (5000, 0.3))) == ([90], ["lr 0.1"])  # the run ends before the others


@pytest.mark.parametrize("rate", [0.01, 0.3, 1, 100])
def test_no_layers_gradient_lies_below_the_axis_for_the_spike_of_another(rate: float) -> None:
    experiment = TUTORIAL.replace(learning_rate=rate)
    run = Run(experiment)
    run.advance()
    shown = layer_gradients(experiment, run.history).draw()["layout"]
    bottom = 10.0 ** shown["yaxis"]["range"][0]
    for sizes in layer_sizes(run.history).values():
        assert (sizes[1:] >= bottom).all()
    assert "mean size passed back" in shown["xaxis"]["title"]["text"]


def test_few_epochs_have_dots_for_one_makes_no_line() -> None:
    def curves(epochs: int) -> list[tuple]:
        data = drawn(TUTORIAL.replace(epochs=epochs))["layer_gradients"]["data"]
        return [(curve["mode"], curve["cliponaxis"], curve["marker"]["size"]) for curve in data[:4]]

    assert curves(1) == curves(20) == [("lines+markers", False, size) for size in (10, 8, 6, 4)]
    assert {mode for mode, *_ in curves(21)} == {"lines"}


def test_before_the_first_epoch_no_chart_is_empty() -> None:
    untrained = Run(TUTORIAL)
    untrained.advance(max_epochs=0)
    shown = RunShown(TUTORIAL, untrained.history, ROWS)
    arrays = run_frames(TUTORIAL, untrained.history)
    x, y = TUTORIAL.input_array, TUTORIAL.label_array
    network = Network(untrained.parameters_at(0))
    each = [network.backward(*sample)[0].gradient for sample in zip(x, y, strict=True)]
    np.testing.assert_allclose(arrays["gradients_1"][0], np.sum(each, axis=0), rtol=1e-6)
    for chart in charts.build(shown):
        drawn = chart.draw()
        assert drawn["data"]
        assert "empty" not in drawn["layout"]["meta"]


def test_in_no_epochs_no_layer_passes_anything_back() -> None:
    meta = drawn(TUTORIAL.replace(epochs=0))["layer_gradients"]["layout"]["meta"]
    assert meta["empty"] == "There is nothing to see in 0 epochs."


def test_what_lies_below_the_axis_is_said() -> None:
    # Fifty-one ordinary epochs, then a long step, after which hardly any gradient is left.
    experiment = Experiment([[1]], [[0]], learning_rate=0, epochs=100, schedule=((50, 40.0),))
    run = Run(experiment)
    run.advance()
    few = run.history[:53]
    shown = layer_gradients(experiment, few).draw()["layout"]
    low = shown["yaxis"]["range"][0]
    assert (few.mean_abs_loss_wrt_weight[1:] < 10**low).sum() == 1
    assert f"from {power_of_ten(round(low))} up" in shown["xaxis"]["title"]["text"]


def test_each_cell_of_the_predictions_carries_its_label() -> None:
    soft = Experiment([[1], [2], [3]], [[1], [0], [0.25]], epochs=1)
    _, _, marks = drawn(soft)["predictions"]["data"]
    assert marks["marker"]["color"] == [palette.INK, palette.PAPER, palette.QUIET]
    assert (marks["x"], marks["y"]) == ([-0.5] * 3, [-0.5, 0.5, 1.5])
    assert marks["marker"]["symbol"] == "circle"
