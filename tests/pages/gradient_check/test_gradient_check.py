"""The gradient check without a browser: what is on the screen is what the core found, for every control."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import WRONG_PARTIALS, Comparison, Experiment, Network, check_gradients, largest_errors
from classifier.insight.wrong_partials import possible
from pages.gradient_check import verdict
from pages.gradient_check.mistakes import MISTAKES
from pages.shared.run import runs
from tests import opening
from tests.page_data import charts_of, decoded
from tests.shown import read_number

TUTORIAL = Experiment.tutorial()
ONE_LAYER = [name for name in WRONG_PARTIALS if possible(name, Network([[[0.0, 0.0]]]))]
BIG = TUTORIAL.replace(
    inputs=[[(i * j) % 7 - 3 for j in range(64)] for i in range(1, 4)],
    labels=[[(i + j) % 2 for j in range(16)] for i in range(3)],
    input_names=None,
    label_names=None,
    epochs=20,
)
AWAY = {"inputs": "60_1", "labels": "0_1", "epochs": "3", "seed": "0"}  # saturates at once
opened = partial(opening.opened, "gradient_check")


def labelled(widgets: Any, label: str) -> Any:  # noqa: ANN401 - AppTest's own types
    (found,) = [widget for widget in widgets if widget.label == label]
    return found


def figure(page: AppTest, place: int) -> dict[str, Any]:
    drawn: dict[str, Any] = charts_of(page)[("analytic", "numeric", "errors")[place]]
    return drawn


def expected(
    experiment: Experiment = TUTORIAL, epoch: int = 0, sample: int = 0, power: int = -6, broken: str | None = None
) -> Comparison:
    run = runs.shared_run(experiment)
    run.advance()
    step = run.step(epoch, sample)
    network = Network(step.parameters_before, route=experiment.route)
    backward = WRONG_PARTIALS[broken] if broken else Network.backward
    return check_gradients(network, step.x, step.y, float(f"1e{power}"), backward=backward)[0]


def columns(page: AppTest) -> dict[str, list[str]]:
    return {name: list(values) for name, values in page.dataframe[0].value.items()}


def matrix(values: Any) -> np.ndarray:  # noqa: ANN401 - Plotly's JSON
    return decoded(values) if isinstance(values, dict) else np.array(values, float)


def test_every_parameter_is_on_the_screen_with_the_cores_numbers() -> None:
    page = opened(position="318", sample="2")
    joined = expected(epoch=317, sample=1)
    table = columns(page)
    assert table["Parameter"][:5] == ["W[y₁, x₁]", "W[y₁, x₂]", "W[y₁, x₃]", "b[y₁]", "W[y₂, x₁]"]
    for name, values in (
        ("Analytic", joined.analytic),
        ("Numeric", joined.numeric),
        ("Absolute error", joined.absolute_error),
        ("Relative error", joined.relative_error),
    ):
        assert [read_number(text) for text in table[name]] == pytest.approx(
            values.ravel().tolist(), rel=5e-6, abs=1e-300
        )
    assert set(table["Verdict"]) == {"agrees"}


def test_both_heatmaps_show_w_with_b_last_on_one_scale() -> None:
    page = opened(position="318", **{"break": "transpose_product"})
    joined = expected(epoch=317, broken="transpose_product")
    analytic, numeric = figure(page, 0)["data"], figure(page, 1)["data"]
    np.testing.assert_array_equal(matrix(analytic[0]["z"]), joined.analytic)
    np.testing.assert_array_equal(matrix(numeric[0]["z"]), joined.numeric)
    limit = max(abs(joined.analytic).max(), abs(joined.numeric).max())
    assert [trace["zmax"] for trace in (analytic[0], numeric[0])] == [limit] * 2
    assert [trace["zmin"] for trace in (analytic[0], numeric[0])] == [-limit] * 2
    assert figure(page, 0)["layout"]["xaxis"]["ticktext"] == ["x₁", "x₂", "x₃", "b"]
    marks = {
        (round(y + 0.3), round(x - 0.36))
        for x, y in zip(*map(matrix, (analytic[1]["x"], analytic[1]["y"])), strict=True)
    }
    assert marks == {(int(o), int(j)) for o, j in np.argwhere(~joined.agrees)}


def test_the_verdict_is_green_first() -> None:
    page = opened(position="318")
    assert [message.value for message in page.error] == []
    (message,) = page.success
    assert message.value.startswith("**All 16 derivatives agree.**")
    largest = expected(epoch=317).absolute_error.max()
    (shown,) = re.findall(r"Largest error ([\d.]+ · 10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+), at [Wb]", message.value)
    assert read_number(shown) == pytest.approx(largest, rel=5e-6)
    assert "$" not in message.value  # in the letters of the sentence, not larger ones


def test_a_large_error_that_agrees_is_said_beside_what_it_is_an_error_of() -> None:
    (message,) = opened(inputs="1000000 1_2 3", labels="0.5_1", epochs="1").success
    found = re.search(r"Largest error (\d+\.\d+) of (\d+), at W", message.value)
    assert found is not None
    assert read_number(found[2]) == pytest.approx(500_000, rel=1e-3)


@pytest.mark.parametrize("name", ONE_LAYER)
def test_broken_formulas_turn_the_verdict_red_where_they_should(name: str) -> None:
    page = opened(position="318")
    labelled(page.selectbox, "Break it").set_value(name).run()
    joined = expected(epoch=317, broken=name)
    wrong = int((~joined.agrees).sum())
    assert 0 < wrong <= 16
    assert not page.success
    (message,) = page.error
    assert f"**{wrong} of 16 derivatives disagree.**" in message.value
    worst = np.where(joined.agrees, -1, joined.absolute_error).argmax()
    analytic, numeric = re.findall(r"analytic (.+?), numeric (.+?)\. ", message.value)[0]
    assert read_number(analytic) == pytest.approx(joined.analytic.flat[worst], rel=5e-6)
    assert read_number(numeric) == pytest.approx(joined.numeric.flat[worst], rel=5e-6)
    assert "$" not in message.value.split("numeric")[0]
    table = columns(page)
    disagreeing = {
        entry for entry, said in zip(table["Parameter"], table["Verdict"], strict=True) if said == "disagrees"
    }
    outputs, inputs = TUTORIAL.label_names, (*TUTORIAL.input_names, "b")
    assert disagreeing == {
        f"W[{outputs[o]}, {inputs[j]}]" if j < 3 else f"b[{outputs[o]}]" for o, j in np.argwhere(~joined.agrees)
    }
    assert table["Verdict"][:wrong] == ["disagrees"] * wrong
    shown = [latex.value for latex in page.latex]
    assert shown == [f"$$\n{text}\n$$" for text in (MISTAKES[name].right, MISTAKES[name].wrong)]
    labelled(page.selectbox, "Break it").set_value("nothing").run()
    assert page.success
    assert not page.error


@pytest.mark.parametrize(("route", "formula"), [("fused", r"(\hat{y} - y)"), ("chain", r"\frac{\partial \hat{y}}")])
def test_the_formula_is_that_of_the_route(route: str, formula: str) -> None:
    page = opened(position="318", route=route)
    assert formula in page.latex[0].value


def test_what_a_transposed_product_is_compared_by_is_said() -> None:
    page = opened(position="318", **{"break": "transpose_product"})
    assert "The product has shape (3, 4), W has (4, 3)." in page.error[0].value


def test_a_mistake_that_makes_no_difference_here_is_said_to_make_none() -> None:
    page = opened(inputs="1", labels="1", **{"break": "halve_loss"})
    assert "At this step that makes no difference beyond the tolerance." in page.success[0].value
    page = opened(inputs="1", labels="0", **{"break": "halve_loss"})
    assert "no difference" not in page.error[0].value


def test_the_step_is_a_control_and_marked_in_the_curve() -> None:
    page = opened(position="318")
    labelled(page.select_slider, "Difference step ε").set_value(-12).run()
    check = expected(epoch=317, power=-12)
    behind, curve, mark = figure(page, 2)["data"]
    assert mark["x"] == [1e-12]
    assert mark["y"] == [check.absolute_error.max()]
    run = runs.shared_run(TUTORIAL)
    step = run.step(317, 0)
    network = Network(step.parameters_before)
    errors = largest_errors(network, step.x, step.y, matrix(curve["x"]))
    assert matrix(curve["y"]) == pytest.approx(errors)
    assert matrix(behind["y"]) == pytest.approx(errors)
    layout = figure(page, 2)["layout"]
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")
    assert "rounding" in layout["xaxis"]["title"]["text"]
    assert "truncation" in layout["xaxis"]["title"]["text"]


def test_a_step_that_is_too_large_or_too_small_is_named_as_the_fault() -> None:
    assert "this ε is too large, and truncation" in opened(position="1", eps="1e-1").error[0].value
    # A large loss has large rounding.
    page = opened(inputs="30_1", labels="0_1", seed="0", eps="1e-12")
    assert "this ε is too small, and rounding" in page.error[0].value


def test_a_loss_too_large_to_be_measured_is_said_to_be() -> None:
    page = opened(inputs="1e6_1e6", labels="1_0", lr="100", epochs="3", position="2")
    assert "its rounding hides the difference" in page.error[0].value


def test_the_choice_is_kept_in_the_address_and_while_other_pages_are_read() -> None:
    page = opened(position="318")
    labelled(page.selectbox, "Break it").set_value("flip_sign").run()
    labelled(page.select_slider, "Difference step ε").set_value(-3).run()
    assert page.query_params["break"] == "flip_sign"
    assert page.query_params["eps"] == "1e-3"
    assert page.query_params["position"] == "318"
    page.switch_page("playground/playground.py").run()
    page.switch_page("gradient_check/gradient_check.py").run()
    assert labelled(page.selectbox, "Break it").value == "flip_sign"
    assert labelled(page.select_slider, "Difference step ε").value == -3


@pytest.mark.parametrize("params", [{"break": "<b>all</b>"}, {"eps": "1e-99"}, {"eps": "nan"}, {"break": ""}])
def test_a_hostile_parameter_is_ignored_with_a_notice(params: dict[str, str]) -> None:
    page = opened(position="318", **params)
    (name,) = params
    (warning,) = page.warning
    assert f'\\"{name}\\" in the address is ignored' in warning.value
    assert "<b>" not in warning.value
    assert labelled(page.selectbox, "Break it").value == "nothing"
    assert labelled(page.select_slider, "Difference step ε").value == -6
    assert page.success


def test_a_saturated_chain_is_rejected_and_the_fused_route_named() -> None:
    page = opened(**AWAY, route="chain")
    assert "the chain route loses ∂L/∂z there" in page.error[0].value
    assert opened(**AWAY).success


def test_the_largest_network_is_checked_whole() -> None:
    page = opened(
        inputs="_".join(" ".join(f"{value:g}" for value in row) for row in BIG.inputs),
        labels="_".join(" ".join(f"{value:g}" for value in row) for row in BIG.labels),
        epochs="20",
    )
    assert "All 1040 derivatives agree" in page.success[0].value
    assert len(columns(page)["Parameter"]) == 1040


def test_names_that_a_user_typed_stay_text() -> None:
    experiment = TUTORIAL.replace(input_names=["*a*", "$b$", "<i>"])
    check = expected(experiment)
    text = verdict.verdict([check], experiment)
    assert not re.search(r"(?<!\\)<i>|(?<!\\)\$b|(?<!\\)\*a", text)
    page = opened(input_name=["*a*", "$b$", "<i>"])
    assert figure(page, 0)["layout"]["xaxis"]["ticktext"] == ["*a*", "$b$", "&lt;i&gt;", "b"]


def test_each_wrong_partial_has_its_words() -> None:
    assert list(MISTAKES) == list(WRONG_PARTIALS)


@pytest.mark.parametrize("name", ONE_LAYER)
def test_formulas_are_a_pair_and_the_text_knows_the_shape(name: str) -> None:
    mistake = MISTAKES[name]
    assert mistake.right != mistake.wrong
    assert mistake.right.partition(" = ")[0] == mistake.wrong.partition(" = ")[0]
    assert "{" not in mistake.about.format(inputs=3, outputs=4)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (
            "drop_sigmoid",
            r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial \hat{y}} \cdot"
            r" \frac{\partial \hat{y}}{\partial z} = \hat{y} - y",
            r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial \hat{y}}",
        ),
        ("forget_input", r"\frac{\partial z_o}{\partial W_{oj}} = x_j", r"\frac{\partial z_o}{\partial W_{oj}} = 1"),
        (
            "transpose_product",
            r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} \, x^\top",
            r"\frac{\partial L}{\partial W} = x \left(\frac{\partial L}{\partial z}\right)^\top",
        ),
        (
            "forget_bias",
            r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial z}",
            r"\frac{\partial L}{\partial b} = 0",
        ),
    ],
)
def test_what_is_printed_is_what_is_computed(name: str, right: str, wrong: str) -> None:
    assert (MISTAKES[name].right, MISTAKES[name].wrong) == (right, wrong)


DEEP = TUTORIAL.replace(hidden=(4, 4), activation="tanh", epochs=3)


def checks_of(experiment: Experiment, name: str | None = None, power: int = -6) -> tuple[Comparison, ...]:
    run = runs.shared_run(experiment)
    run.advance()
    step = run.step(0, 0)
    network = Network(step.parameters_before, activation=experiment.activation)
    backward = WRONG_PARTIALS[name] if name else Network.backward
    return check_gradients(network, step.x, step.y, float(f"1e{power}"), backward=backward)


@pytest.mark.parametrize("name", WRONG_PARTIALS)
def test_of_several_layers_each_says_how_many_of_it_a_mistake_spoils(name: str) -> None:
    checks = checks_of(DEEP, name)
    wrong = [int((~check.agrees).sum()) for check in checks]
    said = verdict.verdict(checks, DEEP)
    assert said.startswith(f"**{sum(wrong)} of 56 derivatives disagree.**")
    assert f"layer 1: {wrong[0]} of 16, layer 2: {wrong[1]} of 20, layer 3: {wrong[2]} of 20." in said
    if "The last layer stays right" in MISTAKES[name].about or name == "forget_transpose":
        assert wrong[2] == 0 < min(wrong[:2])
    if MISTAKES[name].below == MISTAKES["drop_sigmoid"].below:
        assert min(wrong) > 0
    rows = verdict.rows(checks, DEEP, runs.shared_run(DEEP).parameters_at(0))
    assert rows["Verdict"].count("disagrees") == sum(wrong)
    assert {"W[h¹₁, x₁]", "W[h²₄, h¹₃]", "b[y₄]"} <= set(rows["Parameter"])


def test_every_layer_has_its_charts_and_a_mistake_between_layers_is_found_below_only() -> None:
    page = opened(hidden="4_4", activation="tanh", epochs="3", **{"break": "forget_slope"})
    (message,) = page.error
    assert "layer 3: 0 of 20." in message.value
    assert len(columns(page)["Parameter"]) == 56
    assert [latex.value for latex in page.latex] == [
        f"$$\n{text}\n$$" for text in (MISTAKES["forget_slope"].right, MISTAKES["forget_slope"].wrong)
    ]
    page = opened(hidden="4_4", activation="tanh", epochs="3")
    assert "All 56 derivatives agree" in page.success[0].value
    assert r"W^\top" in page.latex[0].value


def test_a_kink_within_the_step_is_named_and_not_counted() -> None:
    experiment = Experiment([[1]], [[1]], hidden=(1,), activation="relu", initial=[[[0, 1e-7]], [[1, 0]]], epochs=1)
    checks = checks_of(experiment)
    said = verdict.explanation(checks, experiment, -6, None, right=checks, usual=checks, fused=checks)
    assert said == (
        "At 2 of them the step reaches across a kink of ReLU, where there is no slope to measure: they do not count."
    )
    assert verdict.rows(checks, experiment, runs.shared_run(experiment).parameters_at(0))["Verdict"] == [
        *["kink"] * 2,
        *["agrees"] * 2,
    ]
