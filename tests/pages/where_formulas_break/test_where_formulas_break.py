"""The page about breaking formulas: what it shows at z is what the formulas give, and no curve holds a NaN."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run, diagnose
from classifier.insight.thresholds import thresholds
from classifier.insight.unguarded import Reason, evaluate, truth
from classifier.insight.unguarded_run import train_unguarded
from pages.shared.text.shown_numbers import number
from pages.shared.text.typed_numbers import format_number
from pages.where_formulas_break import exact_values
from pages.where_formulas_break.explanations import SYMBOLS, because, lived, meaning
from tests import opening
from tests.page_data import charts_of, decoded

TUTORIAL = Experiment.tutorial()
DTYPES = ("float32", "float64")
ROW = re.compile(r'<dt class="(\w+)">\w+</dt><dd class="(\w+)"><b>(.*?)</b>(?:<span>because (.*?)</span>)?</dd>')
opened = partial(opening.opened, "where_formulas_break")


def shown(page: AppTest) -> dict[str, dict[str, tuple[str, str, str]]]:
    """Read the values off the screen: quantity, then form, then (state, value, reason)."""
    assert not page.exception
    bodies = [element.proto.body for element in page.get("html") if "<dl" in element.proto.body]
    rows = [{form: (state, text, why) for form, state, text, why in ROW.findall(body)} for body in bodies]
    return dict(zip(SYMBOLS, rows, strict=True))


def as_float(text: str) -> float:
    return float(text.replace("−", "-"))


def same(text: str, value: float) -> bool:
    return math.isnan(as_float(text)) if math.isnan(value) else as_float(text) == value


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [*charts_of(page).values()]


def trace(chart: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [trace for trace in chart["data"] if trace.get("name") == name]
    return found


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", [0, 1])
def test_where_nothing_is_said_to_break_the_gradients_are_alike(dtype: str, label: int) -> None:
    usual = meaning(dtype, 0, label)
    for z in np.arange(-745, 746, 0.25):
        if meaning(dtype, z, label) == usual:
            true = 1 / (1 + math.exp(-z)) if label == 0 else -1 / (1 + math.exp(z))
            for form in exact_values.FORMS:
                given = float(evaluate(form, np.asarray(z, dtype), np.asarray(label, dtype)).loss_wrt_linear1)
                assert given == pytest.approx(true, rel=0.1, abs=1e-6), (form, z)


def lines(page: AppTest) -> list[float]:
    """Read where the upright line of z stands in each chart."""
    return [chart["layout"]["shapes"][-1]["x0"] for chart in charts(page)[:5]]


def lands(page: AppTest, dtype: str = "float32") -> float:
    """Give the number that stands in the slider."""
    return exact_values.rounded(float(page.select_slider[0].value), dtype)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize(
    ("dtype", "z"),
    [
        *(("float32", z) for z in (-88.75, -44.375, -28.0, -2.0, 0.0, 14.5, 16.75)),
        *(("float64", z) for z in (-709.79, -354.9, -28.0, -2.0, 0.0, 34.54, 36.75)),
    ],
)
def test_every_value_on_the_screen_is_the_formulas(dtype: str, y: int, z: float) -> None:
    z = exact_values.rounded(z, dtype)
    number_of = np.dtype(dtype).type
    for form in exact_values.FORMS:
        values = evaluate(form, np.asarray(z, dtype), np.asarray(y, dtype))
        for name, column in exact_values.shown_values(dtype, z, y).items():
            (cell,) = [cell for cell in column if cell.form == form]
            value = getattr(values, name)
            if value is None:
                assert cell.text == "not formed"
            else:
                read = number_of(cell.text.replace("−", "-"))
                assert read == value or (np.isnan(read) and np.isnan(value)), (form, name)
                assert not cell.bad or cell.why, (form, name)
    true = truth(z, y)
    for name, column in exact_values.shown_values(dtype, z, y).items():
        assert as_float(column[-1].text) == pytest.approx(float(true[name]), rel=1e-8, abs=1e-320), name


def test_the_page_begins_where_the_gradient_vanishes_in_silence() -> None:
    page = opened()
    silent = next(found for found in thresholds("float32") if found.kind == "silent")
    assert lands(page) == silent.z
    at = shown(page)
    assert at["loss_wrt_linear1"]["unguarded"][:2] == ("bad", "−0")
    assert at["loss_wrt_linear1"]["fused"][:2] == ("good", "−1")
    assert at["loss_wrt_linear1"]["truth"][1] == "−1"


def test_z_moves_values_and_charts() -> None:
    page = opened()
    page.select_slider[0].set_value("17").run()
    at = shown(page)
    assert at["yhat"]["unguarded"] == ("good", "1", "")
    assert at["loss"]["unguarded"] == ("bad", "NaN", "0 · log 0")
    assert at["loss_wrt_sigmoid"]["unguarded"] == ("bad", "NaN", "0/0")
    assert lines(page) == [17.0] * 5
    assert page.query_params["z"] in ("17", ["17"])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", [0, 1])
def test_each_button_leads_to_its_threshold_and_the_words_change(dtype: str, label: int) -> None:
    page = opened(precision=dtype, label=str(label))
    marks = exact_values.marks(dtype, label)
    words = set()
    for mark in marks:
        page.button(key=f"break_go_{mark.kind}_{dtype}_{label}").click().run()
        assert lands(page, dtype) == mark.z
        told = meaning(dtype, mark.z, label)
        assert any(told == plain(text.value) for text in page.markdown)
        words.add(told)
    assert len(words) == len(marks)
    assert {chart["layout"]["meta"]["label"] for chart in charts(page)[:5]} == {
        f"{symbol} against z" for symbol in SYMBOLS.values()
    }


def plain(markdown: str) -> str:
    return markdown.replace("\\", "").replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", ["0", "1"])
def test_curves_end_where_they_die_and_marks_stand_there(dtype: str, label: str) -> None:
    page = opened(precision=dtype, label=label, z=str(exact_values.RANGES[dtype][0]))
    inside = exact_values.marks(dtype, int(label))
    for name, chart in zip(SYMBOLS, charts(page), strict=False):
        dotted = [shape["x0"] for shape in chart["layout"]["shapes"] if shape["line"]["dash"] == "dot"]
        assert dotted == [mark.z for mark in inside]
        drawn = trace(chart, "unguarded")
        x, y = np.array(read(drawn["x"])), read(drawn["y"])
        low, high = exact_values.window(dtype, exact_values.RANGES[dtype][0])
        every, values = exact_values.curves(dtype, int(label), (low, high))
        value = np.asarray(getattr(values["unguarded"], name), float)
        there = np.isfinite(value) & ((value != 0) | (name not in exact_values.LOGARITHMIC))
        # The curve holds every value that is a number (on a logarithmic axis: and not 0), and no other.
        assert set(x[[found is not None for found in y]]) == set(every[there])
        # Plotly must not simplify the broad line: without some of its points it would slope where the values do not.
        assert chart["layout"]["template"]["data"]["scatter"] == [{"type": "scatter", "line": {"simplify": False}}]
        # A curve that ends inside of the chart has a mark there, on the last good side of a threshold.
        inside_ends = {end for end in (x[0], x[-1]) if low < end < high}
        assert set(read(trace(chart, "ends")["x"])) == inside_ends, name
        assert inside_ends <= {mark.before for mark in thresholds(dtype)}, name
        if name not in exact_values.LOGARITHMIC:
            bottom, top = chart["layout"]["yaxis"]["range"]
            fused = getattr(values["fused"], name)
            assert bottom <= fused.min() < fused.max() < top, name


def read(values: Any) -> list[Any]:  # noqa: ANN401 - Plotly's JSON
    return decoded(values).tolist() if isinstance(values, dict) else values


def test_precision_and_label_carry_the_threshold_along() -> None:
    page = opened()
    page.button_group[0].set_value("float64").run()
    silent = next(found for found in thresholds("float64") if found.kind == "silent")
    assert lands(page, "float64") == silent.z
    assert page.query_params["precision"] in ("float64", ["float64"])
    page.button_group[1].set_value(0).run()
    assert lands(page, "float64") == silent.z
    assert shown(page)["loss_wrt_linear1"]["fused"][0] == "good"
    assert page.query_params["label"] in ("0", ["0"])


@pytest.mark.parametrize("rate", [0.01, 0.25, 0.3, 10.0])
def test_the_training_says_how_each_route_ends(rate: float) -> None:
    page = opened()
    page.select_slider[1].set_value(rate).run()
    experiment = TUTORIAL.replace(learning_rate=rate, epochs=200)
    told = {
        name: plain(text.value)
        for text in page.markdown
        for name in ("Unguarded", "Chain", "Fused")
        if name in text.value[:20]
    }
    death = train_unguarded(experiment).death
    if death is None:
        assert "lives" in told["Unguarded"]
    else:
        assert f"dies in epoch {death.epoch + 1}, sample {death.sample + 1}, y₁" in told["Unguarded"]
        assert f"because {because(death.why)}" in told["Unguarded"]
    for route in ("chain", "fused"):
        run = Run(experiment.replace(route=route))
        run.advance()
        assert f"loss {number(float(run.history.running_loss[-1]))} after 200 epochs" in told[route.capitalize()]
        np.testing.assert_array_equal(read(trace(charts(page)[-1], route)["y"]), run.history.running_loss[1:])
        # "Never learns" is said only where the loss does not fall.
        assert ("never learns" in told[route.capitalize()]) == (route == "chain" and rate == 10)
    drawn = trace(charts(page)[-1], "unguarded")
    assert len(read(drawn["x"])) == (200 if death is None else death.epoch)
    assert any(found.get("name") == "unguarded dies" for found in charts(page)[-1]["data"]) == (death is not None)


def test_an_address_opens_what_it_says() -> None:
    page = opened(z="-50", label="0", precision="float64", rate="0.25", lr="0.5", position="7")
    assert lands(page) == -50
    assert page.select_slider[1].value == 0.25
    assert shown(page)["yhat"]["fused"][1] == format_number(
        evaluate("fused", np.asarray(-50.0), np.asarray(0.0)).yhat
    ).replace("-", "−")
    for key, value in {
        "z": "-50",
        "label": "0",
        "precision": "float64",
        "rate": "0.25",
        "lr": "0.5",
        "position": "7",
    }.items():
        assert page.query_params[key] in (value, [value]), key


@pytest.mark.parametrize(
    ("key", "value"),
    [("z", "1e9"), ("z", "nan"), ("z", "<b>"), ("rate", "-1"), ("rate", "inf"), ("precision", "int8"), ("label", "2")],
)
def test_a_hostile_address_is_ignored_and_said(key: str, value: str) -> None:
    page = opened(**{key: value})
    assert shown(page) == shown(opened())
    assert any(f'"{key}"' in plain(warning.value) for warning in page.warning)


def test_any_z_of_the_address_is_a_stop_of_the_slider() -> None:
    page = opened(z="-3.1234567")
    assert lands(page) == float(np.float32(-3.1234567))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_logit_is_written_as_short_as_it_can_be_read_back(dtype: str) -> None:
    """By numbers of both sides of zero, and each one's neighbour."""
    number_of = np.dtype(dtype).type
    drawn = np.random.RandomState(0).uniform(*exact_values.RANGES[dtype], 300).astype(dtype)
    near = [value for threshold in thresholds(dtype) for value in (threshold.before, threshold.z)]
    for z in [*drawn, *np.nextafter(drawn, number_of(0)), *map(number_of, near), number_of(0), number_of(1e-30)]:
        text = exact_values.written(float(z), dtype)
        assert exact_values.rounded(float(text), dtype) == z
        digits = len(text.partition("e")[0].strip("-").replace(".", "").strip("0"))
        assert digits < 2 or number_of(f"{z:.{digits - 2}e}") != z


def test_the_address_says_a_logit_in_few_digits() -> None:
    page = opened(z="-44.36000061035156")
    assert page.query_params["z"] in ("-44.36", ["-44.36"])
    assert page.select_slider[0].value == "-44.36"
    again = opened(z="-44.36")
    assert shown(again) == shown(page)
    assert page.query_params["z"] == again.query_params["z"]
    silent = next(found for found in thresholds("float32") if found.kind == "silent")
    (button,) = [button for button in page.button if "-44.36" in (button.label or "").replace("−", "-")]
    button.click().run()
    assert lands(page) == silent.z
    assert page.query_params["z"] in ("-44.36142", ["-44.36142"])


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("0 · log 0"), "0 · log 0"),
        (Reason("{}/{}", (-1.0, 0.0)), "−1/0"),
        (Reason("{}/{}", (math.inf, math.inf)), "inf/inf"),
        (Reason("{} · {}", (-math.inf, math.nan)), "−inf · NaN"),
        (Reason("{} · {}", (-2.1234e19, 0.0)), "−2.12e+19 · 0"),
        (None, ""),
    ],
)
def test_reasons_are_written_as_arithmetic(reason: Reason | None, said: str) -> None:
    assert because(reason) == said


@pytest.mark.parametrize(("route", "effect"), [("chain", "and it never learns."), ("fused", "it learned.")])
def test_a_saturated_entry_is_placed_after_the_epoch_that_saturated_it(route: str, effect: str) -> None:
    run = Run(Experiment.tutorial().replace(learning_rate=10, epochs=50, route=route))
    run.advance()
    (finding,) = (finding for finding in diagnose(run) if finding.kind == "saturated")
    text = lived(run, finding)
    found = re.search(r"After epoch (\d+), ŷ of sample (\d), (y.), (?:is|was) exactly ([01]) and wrong: ", text)
    assert found is not None, text
    epoch, sample, output = int(found[1]), int(found[2]) - 1, run.experiment.label_names.index(found[3])
    before, after = (run.step(index, sample).yhat[output] for index in (epoch - 1, epoch))
    assert before != after == float(found[4])
    assert text.endswith(effect)
