"""The pictures are complete, in the colours of the other charts, and take names for text."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from classifier import Experiment, Run
from pages.playground.chosen_chart import arrays, builder
from pages.playground.chosen_chart.choice import Decision, Entry, Landscape
from pages.playground.chosen_chart.decision import decision as decision_chart
from pages.playground.chosen_chart.landscape import landscape as landscape_chart
from pages.shared.charts import palette
from pages.shared.examples import EXAMPLES
from tests.pages.playground.test_charts import texts
from tests.plotly_rules import assert_plotly_reads

TUTORIAL = Experiment.tutorial()


def decision(experiment: Experiment = TUTORIAL, picture: Decision = Decision()) -> dict:  # noqa: B008 - frozen
    fitted = picture.fitted(experiment)
    return decision_chart(experiment, fitted).draw()


def landscape(experiment: Experiment = TUTORIAL, picture: Landscape = Landscape()) -> dict:  # noqa: B008 - frozen
    run, fitted = Run(experiment), picture.fitted(experiment)
    run.advance()
    return landscape_chart(experiment, fitted, lambda: arrays.surface(experiment, run.history, fitted)).draw()


@pytest.mark.parametrize("figure", [decision(), landscape(), landscape(TUTORIAL.replace(epochs=0))])
def test_a_picture_is_complete(figure: dict) -> None:
    assert_plotly_reads(figure)
    json.dumps(figure, allow_nan=False)
    assert figure["layout"]["meta"]["label"]
    for axis in ("xaxis", "yaxis"):
        assert figure["layout"][axis]["autorange"] is False
        assert figure["layout"][axis]["range"][0] < figure["layout"][axis]["range"][1]
    used = {colour for text in texts(figure) for colour in re.findall(r"#[0-9a-f]{6}", text)}
    assert used <= set(palette.DARK)


def test_a_probability_has_the_colour_that_it_has_among_the_predictions() -> None:
    bands = decision()["data"][0]
    levels = np.arange(bands["contours"]["start"], bands["contours"]["end"] + 0.01, bands["contours"]["size"])
    assert len(bands["colorscale"]) == len(levels) + 1
    # A heatmap from −1 to 1 mixes its stops; 0.7 and 1 are stops of the scale, at 0.85 and 1.
    middle = bands["contours"]["start"] - bands["contours"]["size"] / 2
    for index, (_, colour) in enumerate(bands["colorscale"]):
        yhat = 1 / (1 + np.exp(-(middle + index * bands["contours"]["size"])))
        at = (1 + yhat) / 2
        (low, first), (high, second) = next(
            pair for pair in zip(palette.DIVERGING, palette.DIVERGING[1:], strict=False) if at <= pair[1][0]
        )
        for channel in (1, 3, 5):
            ends = [int(end[channel : channel + 2], 16) for end in (first, second)]
            mixed = np.interp(at, [low, high], ends)
            assert int(colour[channel : channel + 2], 16) == pytest.approx(mixed, abs=0.51)


def test_the_line_is_where_yhat_is_a_half() -> None:
    contours = decision()["data"][1]["contours"]
    assert (contours["start"], contours["end"], contours["coloring"]) == (0, 0, "none")


def test_labels_are_told_apart_by_form_and_named_on_hover() -> None:
    samples = decision()["data"][2]
    assert samples["marker"]["color"] == [palette.PAPER] * 2 + [palette.INK] * 3
    assert len(set(samples["marker"]["size"][:2])) == 1
    assert samples["marker"]["size"][0] > samples["marker"]["size"][2]
    hover = samples["hovertext"][2]
    assert hover == "<b>sample 1</b><br>x₁ 1<br>x₂ 3<br>x₃ 5<br>label y₁ 1"


def test_samples_at_one_place_name_each_other() -> None:
    table = Experiment(**EXAMPLES["contradiction"].fields)
    hovers = decision(table)["data"][2]["hovertext"]
    assert any("<b>sample 3</b> (at this place also 1, 2)" in hover for hover in hovers)


def test_samples_beside_the_plane_are_pale_and_the_chart_says_so() -> None:
    figure = decision(picture=Decision(0, 1, 2, others=4))
    # Drawn in the order 4, 5, 1, 2, 3; the first two have x₁ = 0, as sample 5 has.
    assert figure["data"][2]["marker"]["opacity"] == [1.0, 1.0, 0.5, 0.5, 0.5]
    assert "pale: other inputs" in figure["layout"]["xaxis"]["title"]["text"]
    assert "pale" not in decision()["layout"]["xaxis"]["title"]["text"]


def test_samples_that_are_left_out_are_counted() -> None:
    many = Experiment(np.arange(800).reshape(400, 2) / 800, np.zeros((400, 1)), epochs=1)
    assert "200 of 400 samples" in decision(many)["layout"]["xaxis"]["title"]["text"]


def test_what_a_user_typed_is_text_and_no_colour() -> None:
    names = ("<b>x</b>", f"color:{palette.INK}", "<i>")
    table = TUTORIAL.replace(epochs=2, input_names=names, label_names=(palette.INK, "2", "<u>", "4"))
    own = {"<b>", "</b>", "<br>", "<extra>", "</extra>", "</span>"}
    for figure in (decision(table), landscape(table), landscape(table, Landscape(Entry(2, 2), Entry(0, None)))):
        for text in texts(figure):
            tags = {tag for tag in re.findall(r"<[^>]*>", text) if not tag.startswith("<span style=")}
            assert tags <= own, text
        for title in (figure["layout"][part]["title"]["text"] for part in ("xaxis", "yaxis")):
            assert "#1d2433" not in title


def test_a_name_is_no_template() -> None:
    figure = landscape(TUTORIAL.replace(epochs=2, input_names=("%{y}", "%{x}", "100 %")))
    for trace in figure["data"]:
        assert set(re.findall(r"%\{(\w+)", trace.get("hovertemplate", ""))) <= {"x", "y", "z", "customdata", "text"}
        assert "[y₁, %{" not in trace.get("hovertemplate", "")


def test_a_loss_that_underflows_has_a_landscape() -> None:
    one = Experiment([[1.0]], [[1.0]], initial=[[744, 0]], epochs=3, dtype="float64")
    assert landscape(one, Landscape(Entry(0, 0), Entry(0, None)))["data"][0]["type"] == "contour"


def test_one_input_has_one_axis() -> None:
    figure = decision(Experiment([[0.0], [1.0]], [[0], [1]], epochs=1))
    assert figure["layout"]["yaxis"]["showticklabels"] is False
    assert "title" not in figure["layout"]["yaxis"]


def test_a_wide_range_of_losses_has_levels_of_equal_ratio() -> None:
    wide = landscape(Experiment(**EXAMPLES["saturated-fused"].fields))["data"][0]
    assert wide["colorbar"]["tickvals"] == pytest.approx([np.log10(float(t)) for t in wide["colorbar"]["ticktext"]])
    narrow = landscape(Experiment(**EXAMPLES["xor"].fields))["data"][0]
    assert narrow["colorbar"]["tickvals"] == pytest.approx([float(t) for t in narrow["colorbar"]["ticktext"]])
    for contours in (wide["contours"], narrow["contours"]):
        assert 5 <= (contours["end"] - contours["start"]) / contours["size"] <= 17


def test_before_the_end_the_landscape_says_why_it_is_empty() -> None:
    figure = landscape_chart(TUTORIAL, Landscape(), None).draw()
    assert not any(trace["visible"] for trace in figure["data"])
    assert "press To end" in figure["layout"]["annotations"][0]["text"]
    assert "annotations" not in landscape()["layout"]


def test_samples_of_two_inputs_can_be_moved_in_the_plane_where_somebody_answers() -> None:
    xor = Experiment(**EXAMPLES["xor"].fields)

    def points(experiment: Experiment, picture: Decision, *, live: bool = True) -> dict | None:
        chart = builder.chart(experiment, Run(experiment).history, picture, finished=True, live=live)
        assert chart is not None
        return chart.draw()["layout"]["meta"].get("points")

    assert points(xor, Decision(0, 1, 0)) == {
        "columns": [1, 0, 2],
        "names": ["x₂", "x₁", "XOR"],
        "samples": [[0, 0, 1, 1], [1, 1, 1, 0], [2, 0, 0, 0], [3, 1, 0, 1]],
    }
    assert points(xor, Decision(), live=False) is None
    assert points(TUTORIAL, Decision()) is None
