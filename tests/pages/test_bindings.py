"""What each chart shows at a position, trace by trace, is the core's number, without a browser.

A table names every binding and works its numbers out from the history alone; so no two arrays, traces or figures can
change places.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, Literal, TypeAlias

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from classifier import Experiment, History, Run, Sweep, data_set_gradient
from pages.compare import charts as compare_charts
from pages.compare import frames as compare_frames
from pages.playground import frames
from pages.playground.charts import charts
from pages.playground.chosen_chart import arrays as chosen_arrays
from pages.playground.chosen_chart.choice import ChartSettings, Choice, Decision, Entry, Landscape, Layers
from pages.playground.screen import screen
from pages.shared.address.writing import named_experiments
from pages.shared.charts import palette
from pages.shared.charts.chart import Chart, bindings, figures
from tests.opening import opened
from tests.page_data import decoded, player_of

TUTORIAL = Experiment.tutorial().replace(epochs=40)
SCHEDULED = TUTORIAL.replace(schedule=((10, 0.3), (30, 0.002)))
ROWS = slice(2, 4)
FRAMES = (1, 10, 11, 23, 40)

Binding: TypeAlias = Mapping[str, Any]
# (figure, number of the trace, attribute) → (first frame with a value, function from a frame to what must be seen)
Expected: TypeAlias = dict[tuple[str, int, str], tuple[int | tuple[int, ...], Callable[[int], ArrayLike]]]


@pytest.fixture(autouse=True)
def windows_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show a part of the tutorial's five samples."""
    monkeypatch.setattr(frames, "WINDOW", 2)


def run(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def trained(experiment: Experiment) -> History:
    return run(experiment).history


def played(binding: Binding, arrays: Mapping[str, NDArray[Any]], frame: int) -> NDArray[Any]:
    """Do what the browser does with a binding: its arrays at a frame, up to it, or all, times its scale."""
    names, scales = binding["array"], binding.get("scale", 1.0)
    if isinstance(names, tuple):
        return np.stack(
            [arrays[name][frame] * scale for name, scale in zip(names, scales, strict=True)],
            axis=-1,
        )
    first = binding.get("first", 0)
    stretch = {"at": frame, "up_to": slice(first, frame + 1), "all": slice(first, None)}[binding.get("how", "at")]
    return arrays[names][stretch] * scales


def hold(bindings: Iterable[Binding], arrays: Mapping[str, NDArray[Any]], expected: Expected) -> None:
    """Hold every binding to what is expected of it, at several frames; none is missing, none too many."""
    # The links of the network have a test of their own.
    by_place = {(b["figure"], b["trace"], b["attribute"]): b for b in bindings if "links" not in b}
    assert set(by_place) == set(expected)
    for place, (first, shown) in expected.items():
        binding = by_place[place]
        assert binding.get("first", 0) == first, place
        for frame in FRAMES:
            seen, wanted = np.atleast_1d(played(binding, arrays, frame)), np.atleast_1d(shown(frame))
            assert seen.shape == wanted.shape, place
            # Some arrays are read to six digits and travel as float32.
            np.testing.assert_allclose(
                seen, wanted, rtol=2e-6 if place[0] == "network" else 3e-7, err_msg=f"{place} {frame}"
            )


def on_the_playground(experiment: Experiment, history: History) -> Expected:
    """Say what its charts show, but for the one that may be another."""
    rates = np.where(history.position <= 10, 0.01, np.where(history.position <= 30, 0.3, 0.002))
    rate = rates if experiment.schedule else np.full(len(history), experiment.learning_rate)

    def gradient(k: int) -> NDArray[Any]:
        return history.gradients[0][k]

    def on_hover(k: int) -> NDArray[Any]:
        return np.stack([gradient(k), -rate[k] * gradient(k)], axis=-1)

    def wrong(k: int) -> NDArray[Any]:
        """Give one mark's opacity after the other: 1 is seen, 0 is not."""
        return ((history.yhat[k, ROWS] > 0.5) != (np.array(experiment.labels)[ROWS] > 0.5)).ravel()

    def loss_of_first(k: int) -> float:
        yhat, y = history.yhat[k, 0].astype(float), experiment.label_array[0]
        return float(-(y * np.log(yhat) + (1 - y) * np.log1p(-yhat)).sum())

    return {
        ("loss", 0, "x"): (1, lambda _: range(1, 41)),
        ("loss", 0, "y"): (1, lambda _: history.running_loss[1:]),
        ("loss", 1, "x"): (1, lambda k: range(1, k + 1)),
        ("loss", 1, "y"): (1, lambda k: history.running_loss[1 : k + 1]),
        ("loss", 2, "x"): (1, lambda k: k),
        ("loss", 2, "y"): (1, lambda k: history.running_loss[k]),
        ("weights", 0, "z"): (0, lambda k: history.parameters[0][k]),
        ("weights", 0, "customdata"): ((0, 1), on_hover),
        ("gradients", 0, "z"): (0, gradient),
        ("gradients", 0, "zmax"): (0, lambda k: np.abs(gradient(k)).max()),
        ("gradients", 0, "zmin"): (0, lambda k: -np.abs(gradient(k)).max()),
        ("gradients", 0, "customdata"): ((0, 1), on_hover),
        ("predictions", 0, "z"): (0, lambda k: history.yhat[k, ROWS]),
        ("predictions", 1, "marker.opacity"): (0, wrong),
        ("network", 11, "z"): (0, lambda k: history.yhat[k, 0][:, np.newaxis]),
        ("network", 12, "z"): (0, lambda k: [[loss_of_first(k)]]),
    }


def layer_gradients(history: History) -> Expected:
    found: Expected = {}
    logits, weight = history.mean_abs_loss_wrt_logits[:, 0], history.mean_abs_loss_wrt_weight[:, 0]
    for trace, mean in enumerate((history.mean_abs_loss_wrt_sigmoid, logits, weight, logits)):
        found["layer_gradients", trace, "x"] = 1, lambda k: range(1, k + 1)
        found["layer_gradients", trace, "y"] = 1, lambda k, mean=mean: mean[1 : k + 1]
        found["layer_gradients", trace + 4, "x"] = 1, lambda _: range(1, 41)
        found["layer_gradients", trace + 4, "y"] = 1, lambda _, mean=mean: mean[1:]
    return found


@pytest.mark.parametrize("experiment", [TUTORIAL, SCHEDULED], ids=["one rate", "several rates"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_trace_of_the_playground_shows_its_own_numbers(experiment: Experiment, dtype: str) -> None:
    experiment = experiment.replace(dtype=dtype)
    shown = screen(run(experiment), 3, Choice())
    history = trained(experiment)
    arrays = {"position": history.position, **shown.frames(slice(None))}
    hold(
        bindings(shown.charts),
        arrays,
        on_the_playground(experiment, history) | layer_gradients(history),
    )
    assert len(np.unique(arrays["wrong"])) == 2
    assert arrays["weights_1"].dtype == arrays["gradients_1"].dtype == arrays["yhat"].dtype == dtype


def test_the_traces_are_drawn_for_what_they_show() -> None:
    drawn = figures(screen(run(TUTORIAL), 3, Choice()).charts)
    whole, so_far, mark = drawn["loss"]["data"]
    assert (whole["line"]["color"], so_far["line"]["color"], mark["marker"]["color"]) == (
        palette.PALE,
        palette.INK,
        palette.ACCENT,
    )
    assert (whole["mode"], so_far["mode"], mark["mode"]) == ("lines", "lines", "markers")
    cells = [[*(f"W[{y}, {x}]" for x in ("x₁", "x₂", "x₃")), f"b[{y}]"] for y in ("y₁", "y₂", "y₃", "y₄")]
    for name in ("weights", "gradients"):
        (matrix,) = drawn[name]["data"]
        assert matrix["type"] == "heatmap"
        assert np.array(matrix["hovertext"]).tolist() == cells
    assert "gradient %{customdata[0]" in drawn["weights"]["data"][0]["hovertemplate"]
    for name in ("weights", "gradients"):
        assert "change in this epoch %{customdata[1]" in drawn[name]["data"][0]["hovertemplate"]
    assert [trace["legendgroup"] for trace in drawn["layer_gradients"]["data"][:4]] == [
        "∂L/∂ŷ",
        "∂L/∂z",
        "∂L/∂W",
        "∂L/∂b",
    ]
    yhat, wrong, _ = drawn["predictions"]["data"]
    entries = [[f"sample {number}, {y}" for y in ("y₁", "y₂", "y₃", "y₄")] for number in (3, 4)]
    assert np.array(yhat["hovertext"]).tolist() == entries
    assert yhat["customdata"] == [list(row) for row in TUTORIAL.labels[ROWS]]
    # one mark in each cell, row by row, as the array of wrong predictions has them
    columns, rows = np.array(wrong["x"]) - 0.5, np.array(wrong["y"]) + 0.5  # they hang from the upper right corners
    assert [*zip(columns, rows, strict=True)] == [(column, row) for row in range(2) for column in range(4)]


def decision(history: History) -> tuple[ChartSettings, Expected]:
    settings = Decision(output=2, across=1, up=0, others=3)
    plane = chosen_arrays.plane(TUTORIAL, settings)

    def corners(k: int) -> list[list[float]]:
        """Work z out at each corner: across is x₂, up is x₁, and x₃ stands at that of sample 4."""
        w = history.parameters[0][k, 2, :-1].astype(float)
        return [
            [w[0] * up + w[1] * x + w[2] * 5 + history.parameters[0][..., -1][k, 2] for x in plane.across]
            for up in plane.up
        ]

    return settings, {
        ("decision", 0, "z"): (0, corners),
        ("decision", 1, "z"): (0, corners),
        ("decision", 2, "customdata"): (0, lambda k: history.yhat[k, plane.order, 2]),
        ("decision", 3, "marker.opacity"): (0, lambda k: history.yhat[k, plane.order, 2] > 0.5),  # all labels are 0
    }


def landscape(history: History) -> tuple[ChartSettings, Expected]:
    across, up = history.parameters[0][:, 1, 2], history.parameters[0][:, 3, -1]
    found: Expected = {}
    for trace, stretch in (
        (1, lambda _: slice(None)),
        (2, lambda k: slice(0, k + 1)),
        (4, lambda k: slice(k, k + 1)),
    ):
        for attribute, path in (("x", across), ("y", up), ("customdata", history.position)):
            if (trace, attribute) != (2, "customdata"):  # that line has no hover text
                found["landscape", trace, attribute] = 0, lambda k, path=path, of=stretch: path[of(k)]
    return Landscape(Entry(1, 2), Entry(3, None)), found


@pytest.mark.parametrize("quantity", ["z", "W"])
def test_each_layer_has_its_curve_of_the_quantity_that_is_chosen(quantity: Literal["z", "W"]) -> None:
    experiment = TUTORIAL.replace(hidden=(3, 2))
    history = trained(experiment)
    sizes = history.mean_abs_loss_wrt_logits if quantity == "z" else history.mean_abs_loss_wrt_weight
    shown = screen(run(experiment), 3, Choice("layers", layers=Layers(quantity)))
    arrays = {"position": history.position, **shown.frames(slice(None))}
    expected: Expected = {}
    for layer in range(3):
        for trace, stretch in ((layer, lambda k: slice(1, k + 1)), (layer + 3, lambda _: slice(1, None))):
            expected["layer_gradients", trace, "x"] = 1, lambda k, of=stretch: history.position[of(k)]
            expected["layer_gradients", trace, "y"] = 1, lambda k, of=stretch, at=layer: sizes[of(k), at]
    hold([b for b in bindings(shown.charts) if b["figure"] == "layer_gradients"], arrays, expected)
    figure = figures(shown.charts)["layer_gradients"]
    names = [trace["legendgroup"] for trace in figure["data"][:3]]
    assert names == [f"∂L/∂{quantity}{raised}" for raised in "¹²³"]
    (box,) = figure["layout"]["meta"]["settings"]
    assert (box["chosen"], [value for value, _ in box["options"]]) == (quantity, ["z", "W"])


@pytest.mark.parametrize("shown", [decision, landscape])
def test_every_trace_of_another_chart_shows_its_own_numbers(
    shown: Callable[[History], tuple[ChartSettings, Expected]],
) -> None:
    history = trained(TUTORIAL)
    settings, expected = shown(history)
    is_plane = isinstance(settings, Decision)
    choice = Choice("decision", decision=settings) if is_plane else Choice("landscape", landscape=settings)
    on_screen = screen(run(TUTORIAL), 3, choice)
    arrays = {"position": history.position, **on_screen.frames(slice(None))}
    for name in ("plane_logits",) if is_plane else ():
        arrays[name] = arrays[name].astype(np.float64)
    with_chosen = on_the_playground(TUTORIAL, history) | expected
    corner = {("decision", 0, "z"), ("decision", 1, "z")} & set(expected)
    bound = bindings(on_screen.charts)
    hold(
        [b for b in bound if (b["figure"], b["trace"], b["attribute"]) not in corner],
        arrays,
        {place: value for place, value in with_chosen.items() if place not in corner},
    )
    for binding in bound:
        if (place := (binding["figure"], binding["trace"], binding["attribute"])) in corner:
            for frame in FRAMES:  # sums of products: a cancellation costs digits
                np.testing.assert_allclose(played(binding, arrays, frame), expected[place][1](frame), rtol=1e-4)


def test_every_trace_of_a_comparison_shows_its_own_members_numbers() -> None:
    experiments = [TUTORIAL.replace(learning_rate=rate) for rate in (0.1, 0.01, 0.05)]
    sweep = Sweep(experiments)
    sweep.advance()
    histories = [trained(experiment) for experiment in experiments]
    expected: Expected = {
        ("loss", 6, "x"): (1, lambda k: [k, k, k]),
        ("loss", 6, "y"): (1, lambda k: [history.running_loss[k] for history in histories]),
    }
    for i, history in enumerate(histories):
        expected |= {
            ("loss", 2 * i, "x"): (1, lambda _: range(1, 41)),
            ("loss", 2 * i, "y"): (1, lambda _, h=history: h.running_loss[1:]),
            ("loss", 2 * i + 1, "x"): (1, lambda k: range(1, k + 1)),
            ("loss", 2 * i + 1, "y"): (1, lambda k, h=history: h.running_loss[1 : k + 1]),
            ("weights", i, "z"): (0, lambda k, h=history: h.parameters[0][k]),
        }
    arrays = {"position": sweep.histories[0].position, **compare_frames.frames(sweep.histories)}
    for name, array in arrays.items():  # a sweep sums in an order of its own
        arrays[name] = array.astype(np.float64).round(4)
    rounded: Expected = {
        place: (first, lambda k, shown=shown: np.asarray(shown(k), dtype=np.float64).round(4))
        for place, (first, shown) in expected.items()
    }
    built = compare_charts.build(
        compare_charts.SweepShown(sweep.experiments, ["0.1", "0.01", "0.05"], "lr", sweep.histories)
    )
    hold(bindings(built), arrays, rounded)
    drawn = figures(built)
    names = ["<b>lr 0.1</b>", "<b>lr 0.01</b>", "<b>lr 0.05</b>"]
    assert [t["hovertemplate"].split("<br>")[0] for t in drawn["weights"]["data"]] == names
    *curves, marks = drawn["loss"]["data"]
    assert [t["hovertemplate"].split("<br>")[0] for t in curves] == [name for name in names for _ in range(2)]
    assert [t.get("opacity", 1) for t in curves] == [0.25, 1] * 3  # the whole run is pale
    assert marks["marker"]["color"] == [t["line"]["color"] for t in curves[::2]]


def payload(name: str, **params: str) -> dict[str, Any]:
    return player_of(opened(name, **params))


def plain(bindings: Iterable[Binding]) -> list[dict[str, Any]]:
    """Write bindings as they arrive in the browser: whole, with lists for tuples."""
    usual = {"how": "at", "first": 0, "scale": 1.0}
    whole: list[dict[str, Any]] = json.loads(json.dumps([{**usual, **binding} for binding in bindings]))
    return whole


def test_the_playground_hands_its_bindings_and_readouts_to_the_browser() -> None:
    data = payload("playground", epochs="40")
    history = trained(TUTORIAL)
    assert data["bindings"] == plain(bindings(screen(run(TUTORIAL), 0, Choice()).charts))
    # At position 0 it is that of all samples at the initial weights, as the chart of the gradient shows it.
    largest = np.abs(history.gradients[0][..., :-1]).max(axis=(1, 2))
    largest[0] = np.abs(data_set_gradient(TUTORIAL, [history.parameters[0][0]])[0][:, :-1]).max()
    for readout, label, kind, expected in zip(
        data["readouts"],
        ("running loss", "accuracy of 20 ŷ", "largest |∂L/∂W|"),
        ("significant", "percent", "significant"),
        (history.running_loss, history.accuracy, largest),
        strict=True,
    ):
        assert (readout["label"], readout["kind"]) == (label, kind)
        first = readout["first"]
        assert first == (label == "running loss")
        np.testing.assert_allclose(
            decoded(data["frames"][readout["array"]])[first:], expected[first:], rtol=1e-7, err_msg=label
        )


def test_where_labels_are_classes_the_samples_told_right_are_counted_too() -> None:
    data = payload("playground", example="iris")
    iris = named_experiments()["iris"]
    history = trained(iris)
    (readout,) = (found for found in data["readouts"] if found["label"] == "of 150 samples")
    assert "accuracy of 450 ŷ" in [found["label"] for found in data["readouts"]]
    classes = iris.label_array.argmax(axis=1)
    expected = (history.yhat.argmax(axis=2) == classes).mean(axis=1)
    shown = decoded(data["frames"][readout["array"]])
    np.testing.assert_allclose(shown, expected[: len(shown)], rtol=1e-7)


def test_a_comparison_hands_its_bindings_and_readouts_to_the_browser() -> None:
    data = payload("compare", epochs="40", values="0.1,0.01,0.05")
    experiments = [TUTORIAL.replace(learning_rate=rate) for rate in (0.1, 0.01, 0.05)]
    histories = list(map(trained, experiments))
    comparison = compare_charts.SweepShown(experiments, ["0.1", "0.01", "0.05"], "lr", histories)
    assert data["bindings"] == plain(bindings(compare_charts.build(comparison)))
    losses = [history.running_loss for history in histories]
    for readout, label, extreme in zip(
        data["readouts"], ("lowest running loss", "highest running loss"), (np.min, np.max), strict=True
    ):
        assert (readout["label"], readout["kind"], readout["first"]) == (label, "significant", 1)
        shown = decoded(data["frames"][readout["array"]])[1:]
        np.testing.assert_allclose(shown, extreme(losses, axis=0)[1:], rtol=1e-5, err_msg=label)


@pytest.mark.parametrize(("path", "module"), [("playground", charts), ("compare", compare_charts)])
def test_one_builder_adds_a_chart(path: str, module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its figure and its bindings reach the browser, after those of the others, and nothing else was changed."""

    def epochs_by_epochs(_: object) -> Chart:
        bound = [{"trace": 0, "attribute": axis, "array": "position", "how": "up_to"} for axis in "xy"]
        drawn = {"data": [{"type": "scatter", "name": "of itself"}], "layout": {"meta": {"label": "Epochs"}}}
        return Chart("epochs", lambda: drawn, bound)

    before = payload(path, epochs="40")
    monkeypatch.setattr(module, "BUILDERS", (*module.BUILDERS, epochs_by_epochs))
    data = payload(path, epochs="40")
    assert list(data["figures"]) == [*before["figures"], "epochs"]
    assert data["figures"]["epochs"]["data"] == [{"name": "of itself", "type": "scatter"}]
    new = [{"figure": "epochs", "trace": 0, "attribute": axis, "array": "position", "how": "up_to"} for axis in "xy"]
    assert data["bindings"] == before["bindings"] + plain(new)
