"""The network as a chart: every unit's value, link and map is the core's, and nothing is cut."""

from itertools import pairwise

import numpy as np
import pytest

from classifier import Experiment, Network, Run
from pages.playground.charts.network import network, network_frames
from pages.playground.charts.run_shown import RunShown
from pages.playground.chosen_chart.arrays import plane
from pages.playground.chosen_chart.choice import Decision
from tests.plotly_rules import assert_plotly_reads

XOR = Experiment([[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]], hidden=(4,), learning_rate=0.5, epochs=30)
WIDE = Experiment(np.eye(20).tolist(), [[1, 0, 0]] * 20, hidden=(8, 8, 8), activation="relu", epochs=3)
ROWS = slice(0, 10)


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


@pytest.mark.parametrize("experiment", [XOR, WIDE, Experiment.tutorial().replace(epochs=3)])
def test_units_and_loss_are_those_of_the_readable_network(experiment: Experiment) -> None:
    run, sample, position = trained(experiment), experiment.samples - 1, 2
    arrays = network_frames(experiment, run.history, sample)
    readable = Network(run.parameters_at(position), activation=experiment.activation)
    x, y = experiment.input_array[sample], experiment.label_array[sample]
    for layer, made in enumerate(readable.backward(x, y), start=1):
        np.testing.assert_allclose(arrays[f"units_{layer}"][position, :, 0], made.output[:8], atol=1e-6)
    np.testing.assert_allclose(arrays["sample_loss"][position, 0, 0], readable.forward_loss(x, y), rtol=1e-5)


def test_a_map_says_what_its_unit_says_of_every_point() -> None:
    run, position = trained(XOR), 20
    arrays = network_frames(XOR, run.history, 0)
    shown = plane(XOR, Decision())
    across, up = np.linspace(*shown.across, 17), np.linspace(*shown.up, 17)
    readable = Network(run.parameters_at(position))
    for row, column in ((0, 0), (3, 16), (16, 5)):
        point = np.array([across[column], up[row]], np.float32)
        _, (hidden, _) = readable.forward_layers(point)
        for unit in range(4):
            value = 1 / (1 + np.exp(-hidden[unit]))
            seen = arrays[f"map_1_{unit + 1}"][position, row, column] / 254 * 2 - 1
            assert seen == pytest.approx(value, abs=1 / 254 + 1e-6)
        seen = arrays["map_2_1"][position, row, column] / 254 * 2 - 1
        assert seen == pytest.approx(float(readable.forward(point)[0]), abs=1 / 254 + 1e-6)


@pytest.mark.parametrize("experiment", [XOR, WIDE])
def test_every_link_is_drawn_once_by_its_sign_and_size(experiment: Experiment) -> None:
    run = trained(experiment)
    chart = network(RunShown(experiment, run.history, ROWS))
    links = [binding for binding in chart.bindings if "links" in binding]
    shapes = [matrices.shape[1:] for matrices in run.history.parameters]
    seen: dict[tuple[int, int], int] = {}
    for binding in links:
        low, high = binding["links"]["within"]
        for layer, place in binding["links"]["cells"]:
            value = run.history.parameters[layer][-1].ravel()[place]
            assert place % shapes[layer][1] < shapes[layer][1] - 1, "a bias is no link"
            seen[layer, place] = seen.get((layer, place), 0) + (low < value <= high)
    assert set(seen.values()) == {1}
    drawn = [min(rows, 8) * min(columns - 1, 8) for rows, columns in shapes]
    assert len(seen) == sum(drawn)


@pytest.mark.parametrize(
    "experiment",
    [
        XOR,
        WIDE,
        Experiment.tutorial(),
        XOR.replace(hidden=(4, 4), activation="tanh"),
        XOR.replace(hidden=(8, 8, 8)),
        XOR.replace(input_names=("sepal length", "w"), label_names=("<b>versicolor",)),
    ],
)
def test_columns_stand_beside_each_other_and_names_are_text(experiment: Experiment) -> None:
    run = Run(experiment)
    figure = network(RunShown(experiment, run.history, ROWS)).draw()
    assert_plotly_reads(figure)
    layout = figure["layout"]
    domains = [
        axis["domain"] for name, axis in layout.items() if name.startswith(("xaxis", "yaxis")) and "domain" in axis
    ]
    assert all(0 <= low < high <= 1 for low, high in domains)
    cells = [t for t in figure["data"] if "hovertext" in t][: len(experiment.sizes)]
    ends = [layout[f"xaxis{trace['xaxis'][1:]}"]["domain"] for trace in cells]
    assert all(right < left for (_, right), (left, _) in pairwise(ends))
    assert all("<b>v" not in note["text"] for note in layout["annotations"])


def test_the_label_stands_beside_its_prediction() -> None:
    figure = network(RunShown(XOR, Run(XOR).history, ROWS, sample=3)).draw()
    assert "y₁: label 1" in [note["text"] for note in figure["layout"]["annotations"]]
    four = network(RunShown(Experiment.tutorial(), Run(Experiment.tutorial()).history, ROWS)).draw()
    assert "y₁ = 1" in [note["text"] for note in four["layout"]["annotations"]]
    deep = network(RunShown(XOR.replace(hidden=(4, 4)), Run(XOR.replace(hidden=(4, 4))).history, ROWS)).draw()
    assert "y₁ = 1" in [note["text"] for note in deep["layout"]["annotations"]], "the last hidden layer is near"
    assert figure["layout"]["meta"]["choice"]["chosen"] == "3"
    assert "choice" not in network(RunShown(XOR, Run(XOR).history, ROWS, live=False)).draw()["layout"]["meta"]


def test_a_deep_network_shows_its_prediction_under_the_map_of_it() -> None:
    deep = XOR.replace(hidden=(4, 4))
    figure = network(RunShown(deep, Run(deep).history, ROWS)).draw()
    layout = figure["layout"]
    value = next(cells for cells in figure["data"] if cells.get("hovertext") == [["y₁"]])
    low, high = layout[f"yaxis{value['xaxis'][1:]}"]["domain"]
    drawn = figure["data"][-1]
    assert layout[f"xaxis{drawn['xaxis'][1:]}"]["domain"] == layout[f"xaxis{value['xaxis'][1:]}"]["domain"]
    assert high - low > 0.125, "24 of the 190 pixels that a projector has when presenting"
    loss = next(cells for cells in figure["data"] if cells.get("hovertext") == [["loss of this sample"]])
    assert np.ptp(layout[f"yaxis{loss['xaxis'][1:]}"]["domain"]) > 0.125
    assert low < high <= layout[f"yaxis{drawn['xaxis'][1:]}"]["domain"][0]
    # So does each hidden unit: the middle of its cell, where its value is written, lies under its map.
    hidden = next(cells for cells in figure["data"] if len(cells.get("hovertext", [])) == 4)
    low, high = layout[f"yaxis{hidden['xaxis'][1:]}"]["domain"]
    maps = [t for t in figure["data"] if t["type"] == "heatmap" and t.get("xaxis", "x") != "x" and "hovertext" not in t]
    assert {t["zsmooth"] for t in maps} == {"fast"}, "shaded at rest, as the browser shades them while they move"
    for unit in range(4):
        written = high - (unit + 0.5) / 4 * (high - low)
        bottom, top = layout[f"yaxis{maps[unit]['xaxis'][1:]}"]["domain"]
        assert bottom - 0.5 * (top - bottom) - 0.02 < written < bottom - 0.4 * (top - bottom)
    # Of several outputs each has its value, and none a map over it.
    many = Experiment(XOR.inputs, [[1, 0], [0, 1], [0, 0], [1, 1]], hidden=(4, 4))
    arrays = [binding["array"] for binding in network(RunShown(many, Run(many).history, ROWS)).bindings]
    assert "units_3" in arrays
    assert "map_2_1" in arrays
    assert "map_3_1" not in arrays


@pytest.mark.parametrize(
    ("experiment", "named"),
    [
        (XOR, ["h₁", "h₂", "h₃", "h₄"]),
        (XOR.replace(hidden=(2, 2)), ["h¹₁", "h¹₂", "h²₁", "h²₂"]),
        (XOR.replace(hidden=(8, 2, 3)), ["h¹", "h²", "h³"]),
        (Experiment.tutorial().replace(hidden=(4,)), ["h₁", "h₂", "h₃", "h₄"]),
        (Experiment.tutorial().replace(hidden=(4, 4)), ["h¹", "h²"]),
        (XOR.replace(hidden=(8, 8)), ["h¹", "h²"]),
        (Experiment(XOR.inputs, [[1, 0]] * 4, label_names=("AND", "NAND"), hidden=(4, 4, 4)), ["h¹", "h²", "h³"]),
    ],
)
def test_where_links_have_little_room_layers_are_named_and_not_their_units(
    experiment: Experiment, named: list[str]
) -> None:
    layout = network(RunShown(experiment, Run(experiment).history, ROWS)).draw()["layout"]
    notes = {note["text"]: note for note in layout["annotations"]}
    assert [text for text in notes if text.startswith("h")] == named
    for text in named:
        layer = int("⁰¹²³".index(text[1])) if text[1] in "¹²³" else 1
        units = [mark[2:] for mark in layout["meta"]["marks"] if mark[0] == layer]
        left, _, right, _ = units[0]
        note = notes[text]
        if text[-1] in "₁₂₃₄":  # left of its unit
            _, low, _, high = units["₁₂₃₄".index(text[-1])]
            assert (note["xanchor"], low < note["y"] < high) == ("right", True)
            assert note["x"] < left
        else:  # under its layer
            assert (note["xanchor"], note["x"]) == ("center", pytest.approx((left + right) / 2, abs=1e-3))
            assert 0 < note["y"] < min(low for _, low, _, _ in units)


@pytest.mark.parametrize("experiment", [XOR, WIDE, Experiment.tutorial(), XOR.replace(hidden=(4, 4, 4))])
def test_the_loss_has_room_for_its_digits_on_a_projector(experiment: Experiment) -> None:
    figure = network(RunShown(experiment, Run(experiment).history, ROWS)).draw()
    layout = figure["layout"]
    loss = next(cells for cells in figure["data"] if cells.get("hovertext") == [["loss of this sample"]])
    low, high = layout[f"yaxis{loss['xaxis'][1:]}"]["domain"]
    assert high - low > 0.128, "24.3 of the 190.8 pixels at 1280 × 720"
    (name,) = (note for note in layout["annotations"] if note["text"] == "L")
    assert name["y"] == pytest.approx((low + high) / 2)


@pytest.mark.parametrize("experiment", [XOR, WIDE, Experiment.tutorial()])
def test_every_unit_has_a_rim_so_that_a_unit_at_zero_is_seen(experiment: Experiment) -> None:
    layout = network(RunShown(experiment, Run(experiment).history, ROWS)).draw()["layout"]
    free, rims = (shape["path"].count("M") for shape in layout["shapes"])
    units = [min(size, 8) for size in experiment.sizes]
    assert free == 2 * sum(units)
    assert layout["shapes"][0]["fillrule"] == "nonzero", "what is free overlaps between two units"
    assert rims == sum(units) + (sum(units[1:]) if experiment is XOR else 0)


def test_inputs_that_begin_alike_are_told_apart() -> None:
    measures = XOR.replace(input_names=("petal length", "petal width"))
    notes = network(RunShown(measures, Run(measures).history, ROWS)).draw()["layout"]["annotations"]
    assert {"petal<br>length", "petal<br>width"} <= {note["text"] for note in notes}
