"""The step page as a whole, without a browser: phases, borders, cells, guesses, addresses of strangers."""

from __future__ import annotations

import html
import re
from functools import partial
from itertools import count as counting
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import ArrayLike
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run, Step
from pages.frame import corner
from pages.shared.run import still
from pages.shared.text.shown_numbers import number
from pages.step_by_step.formulas.phases import phases
from pages.step_by_step.formulas.shown_step import ShownStep
from pages.step_by_step.progress import Progress, Visit
from tests import opening
from tests.callbacks import Browser
from tests.opening import checked
from tests.page_data import charts_of

TUTORIAL = Experiment.tutorial()
PHASES = phases(1)


opened = partial(opening.opened, "step_by_step")


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [button for button in page.button if button.label == label]
    assert not button.disabled
    return checked(button.click().run())


def disabled(page: AppTest, label: str) -> bool:
    return next(button.disabled for button in page.button if button.label == label)


def select(page: AppTest, label: str, value: int) -> AppTest:
    (box,) = [box for box in page.selectbox if box.label == label]
    return checked(box.set_value(value).run())


def titles(page: AppTest) -> list[int]:
    """Return the numbers of the phases shown, from top to bottom."""
    found = [re.match(r"### (\d) · ", markdown.value) for markdown in page.markdown]
    return [int(match[1]) for match in found if match]


def where(page: AppTest) -> tuple[str, str, str]:
    """Return position, sample and phase of the address; what is left out is the first."""
    defaults = {"position": "0", "sample": "1", "phase": "1"}
    return tuple(page.query_params.get(key, default) for key, default in defaults.items())  # type: ignore[return-value]


def picture(page: AppTest) -> str:
    """Return the text of the graph, without its style."""
    text = re.sub(r"<style>.*?</style>", "", drawn(page), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def drawn(page: AppTest) -> str:
    """Return the graph as it is sent."""
    (found,) = [body for body in (element.proto.body for element in page.get("html")) if 'class="graph"' in body]
    return found


def cells(page: AppTest) -> dict[str, list[str]]:
    """Return the cells of the graph: what stands in each, by its heading."""
    found = re.findall(r"<b>(.*?)</b><span>.*?</span></div>(.*?)(?=</div>(?:<div class=\"graph-|</div>))", drawn(page))
    return {name: re.findall("<span>(.*?)</span>", values) for name, values in found}


def in_graph(*arrays: ArrayLike) -> list[str]:
    """Write numbers as the graph does, row by row."""
    return [number(float(value)).replace(" · ", "·") for value in np.column_stack(arrays).ravel()]


def standing(page: AppTest) -> tuple[tuple[str, str, str], int, list[int]]:
    """Return all that Back gives back: the address, the epoch of the slider, and the phases in their order."""
    return where(page), page.slider[0].value, titles(page)


def step_of(position: int, sample: int, experiment: Experiment = TUTORIAL) -> Step:
    run = Run(experiment)
    run.advance(max_epochs=position)
    return run.step(position - 1, sample - 1)


def test_an_address_opens_exactly_its_step_and_phase() -> None:
    page = opened("position=318&sample=2&phase=7")
    assert titles(page) == [7, 6, 5, 4, 3, 2, 1]
    assert where(page) == ("318", "2", "7")
    text = picture(page)
    step = step_of(318, 2)
    for value in (*step.logits[:3], *step.yhat[:1], step.loss_sum, *step.layers[-1].loss_wrt_weight[0]):
        assert number(float(value)) in text
    assert not page.warning


def test_what_is_not_computed_yet_is_nowhere() -> None:
    step = step_of(318, 2)
    values = (
        step.logits[0],
        step.yhat[0],
        step.loss[0],
        step.layers[-1].loss_wrt_output[0],
        step.layers[-1].output_wrt_logits[0],
        step.layers[-1].loss_wrt_logits[0],
        step.layers[-1].loss_wrt_weight[0, 1],
        step.parameters_after[0][0, 1],
    )
    for phase in range(1, 9):
        page = opened(f"position=318&sample=2&phase={phase}")
        everything = picture(page) + " ".join(latex.value for latex in page.latex)
        assert titles(page) == list(range(phase, 0, -1))
        for index, value in enumerate(values, start=1):
            # Values of later phases must not be there. Earlier ones may: ŷ of phase 2 comes back in ŷ − y.
            if index > phase:
                assert number(float(value)) not in everything.replace("-", "−"), (phase, index)
        assert number(float(values[phase - 1])) in everything.replace("-", "−")
        assert list(charts_of(page)) == ["outer_product", "changes"][: max(phase - 6, 0)]


def test_next_walks_over_the_borders_and_back_reverses_it_exactly() -> None:
    page = opened("position=1&sample=4&phase=7")
    seen = [where(page)]
    for _ in range(12):
        seen.append(where(press(page, "Next")))
    assert seen[1] == ("1", "4", "8")
    assert seen[2] == ("1", "5", "1")
    assert seen[10] == ("2", "1", "1")
    back = [where(page)]
    for _ in range(12):
        back.append(where(press(page, "Back")))
    assert back == seen[::-1]


@pytest.mark.parametrize(
    ("query", "samples", "presses"),
    [("", 1, 9), ("epochs=3&inputs=1_2&labels=0_1", 2, 33), ("epochs=3&inputs=1&labels=0", 1, 17)],
)
def test_back_reverses_next_from_position_0(query: str, samples: int, presses: int) -> None:
    page = opened(query)
    seen = [standing(page)]
    for _ in range(presses):
        seen.append(standing(press(page, "Next")))
    assert seen[0][0] == ("0", "1", "1")
    if query:
        assert seen[8 * samples][0] == ("2", "1", "1")
        assert seen[-1][0] == ("3", "1", "2")
    for expected in reversed(seen[:-1]):
        assert standing(press(page, "Back")) == expected
    assert disabled(page, "Back")


@pytest.mark.parametrize("query", ["position=318", "position=318&sample=5", "sample=5", "position=1&sample=5&phase=3"])
def test_back_reverses_next_from_show_all(query: str) -> None:
    page = press(opened(query), "Show all")
    seen = [standing(page)]
    for _ in range(10):
        seen.append(standing(press(page, "Next")))
    assert seen[0][2] == [1, 2, 3, 4, 5, 6, 7, 8]
    for expected in reversed(seen[:-1]):
        assert standing(press(page, "Back")) == expected
    # No press of Next is left to undo, so Back leads to the phase before.
    assert titles(press(page, "Back")) == [7, 6, 5, 4, 3, 2, 1]


def test_show_all_on_the_way_comes_back_too() -> None:
    page = press(opened("sample=4&phase=8"), "Next")
    seen = [standing(page := press(page, label)) for label in ("Show all", "Next", "Next")]
    assert [place for place, *_ in seen] == [("0", "5", "8"), ("2", "1", "1"), ("2", "1", "2")]
    assert seen[0][2] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [standing(press(page, "Back")) for _ in range(2)] == seen[1::-1]


def test_what_comes_between_is_not_undone() -> None:
    page = press(press(opened("sample=5"), "Show all"), "Next")
    checked(page.slider[0].set_value(3).run())
    assert standing(press(page, "Back")) == (("2", "5", "8"), 2, [8, 7, 6, 5, 4, 3, 2, 1])
    # Position 1 was chosen after that press of Next: Back keeps it, and does not return to position 0.
    page = press(opened("phase=2"), "Next")
    checked(page.slider[0].set_value(5).run())
    checked(page.slider[0].set_value(1).run())
    assert where(press(page, "Back")) == ("1", "1", "2")


def test_another_experiment_is_not_gone_back_through() -> None:
    page = press(press(opened("sample=5"), "Show all"), "Next")
    page.query_params["lr"] = ["0.5"]
    page = checked(page.run())
    assert standing(page) == (("2", "1", "1"), 2, [1])
    assert standing(press(page, "Back")) == (("1", "5", "8"), 1, [8, 7, 6, 5, 4, 3, 2, 1])


def test_a_page_opened_by_its_address_goes_back_to_position_1() -> None:
    page = opened("position=2")
    assert standing(press(page, "Back")) == (("1", "5", "8"), 1, [8, 7, 6, 5, 4, 3, 2, 1])


def test_progress_remembers_an_unbroken_trail_only() -> None:
    first, second, third, other = (Visit("run", 0, (0, 0, phase), in_order=False) for phase in (1, 2, 3, 8))
    progress = Progress()
    assert progress.way_back(first) is None
    progress.went(first, second)
    progress.went(second, third)
    assert [progress.way_back(third), progress.way_back(second), progress.way_back(first)] == [second, first, None]
    progress.went(first, second)
    assert progress.way_back(other) is None
    assert progress.way_back(second) is None
    progress.went(first, second)
    progress.went(other, third)
    assert [progress.way_back(third), progress.way_back(other), progress.way_back(second)] == [other, None, None]


def test_a_trail_is_bounded() -> None:
    progress, visits = Progress(), [Visit("run", epoch, (epoch, 0, 1), in_order=False) for epoch in range(12_000)]
    for left, reached in pairwise(visits):
        progress.went(left, reached)
    assert len(progress.trail) == 10_000
    assert progress.way_back(visits[-1]) == visits[-2]


def test_next_ends_where_the_run_does() -> None:
    assert disabled(opened(), "Back")
    page = opened("position=2000&sample=5&phase=8")
    assert disabled(page, "Next")
    assert not disabled(page, "Back")


def test_position_0_shows_the_first_epoch_and_stays_0() -> None:
    page = press(opened(), "Next")
    assert where(page) == ("0", "1", "2")
    assert page.slider[0].value == 1


def test_show_all_shows_the_phases_in_their_order() -> None:
    page = press(opened("position=318"), "Show all")
    assert titles(page) == [1, 2, 3, 4, 5, 6, 7, 8]
    page = press(page, "Back")
    assert titles(page) == [7, 6, 5, 4, 3, 2, 1]


def test_show_all_shows_every_phase_whole() -> None:
    page = press(opened("position=318&sample=2"), "Show all")
    shown = ShownStep(step_of(318, 2), (0, 0))
    formulas = [latex.value.removeprefix("$$\n").removesuffix("\n$$") for latex in page.latex]
    expected = [(phase.formula, phase.numbers(shown), phase.result(shown)) for phase in PHASES]
    assert formulas[:24] == [latex for phase in expected for latex in phase]
    said = [markdown.value for markdown in page.markdown]
    for index, phase in enumerate(PHASES, start=1):
        at = said.index(f"### {index} · {phase.title}")
        assert said[at + 1] == phase.says
    assert "This run takes the fused route." in [caption.value for caption in page.caption]


def test_the_graph_shows_the_step_as_it_is_and_the_new_weights_once_updated() -> None:
    step = step_of(2, 2)
    back = step.layers[-1]
    before = in_graph(step.parameters_before[0][:, :-1], step.parameters_before[0][:, -1])
    after = in_graph(step.parameters_after[0][:, :-1], step.parameters_after[0][:, -1])
    assert all(old != new for old, new in zip(before, after, strict=True))
    expected = {
        "x": in_graph(step.x),
        "∂L/∂W | ∂L/∂b": in_graph(back.loss_wrt_weight, back.loss_wrt_bias),
        "z": in_graph(step.logits),
        "∂L/∂z": in_graph(back.loss_wrt_logits),
        "Sigmoid": [],
        "∂ŷ/∂z": in_graph(back.output_wrt_logits),
        "ŷ": in_graph(step.yhat),
        "∂L/∂ŷ": in_graph(back.loss_wrt_output),
        "BCE": in_graph(step.y),
        "L": [*in_graph(step.loss), *in_graph([step.loss_sum])],
    }
    assert cells(opened("position=2&sample=2&phase=7")) == {**expected, "Linear": before}
    updated = opened("position=2&sample=2&phase=8")
    assert cells(updated) == cells(press(updated, "Show all")) == {**expected, "Linear": after}
    assert "new W | b" in picture(updated)


def test_keys_are_on_the_buttons() -> None:
    page = opened()
    shortcuts = {button.label: button.proto.shortcut for button in page.button}
    assert shortcuts == {"Back": "b", "Next": "n", "Show all": "a", "Present": "p"}


def test_a_chosen_cell_shows_its_product_and_its_update() -> None:
    page = select(select(opened("position=318&sample=2&phase=8"), "Output", 2), "Input", 1)
    step = step_of(318, 2)
    details = " ".join(latex.value for latex in page.latex)
    assert r"W_{3,2} &\leftarrow" in details.replace("& ", "&")
    for value in (
        step.layers[-1].loss_wrt_weight[2, 1],
        step.parameters_before[0][2, 1],
        step.parameters_after[0][2, 1],
    ):
        assert number(float(value)).replace("−", "-") in details
    page = select(page, "Input", 3)
    details = " ".join(latex.value for latex in page.latex)
    assert r"\frac{\partial L}{\partial b_{3}}" in details
    assert number(float(step.parameters_after[0][2, -1])).replace("−", "-") in details


def test_the_update_shows_the_cells_of_each_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, still, "stage")
    page = opened("example=xor-hidden&position=100&sample=2&phase=14&layer=1&cell=4-2")
    experiment = page.session_state["backprop_by_hand"].experiment
    step = step_of(100, 2, experiment)

    def updates(name: str, value: float) -> bool:
        details = " ".join(latex.value for latex in page.latex).replace("& ", "&")
        return rf"{name} &\leftarrow" in details and number(value).replace("−", "-") in details

    assert updates("W^{1}_{4,2}", float(step.parameters_after[0][3, 1]))
    page = browser.says(page, "step_outer_product", "on_pressed", pressed_cell("outer_product", "2 1"))
    assert updates("b^{1}_{2}", float(step.parameters_after[0][1, 2]))
    (layer,) = [control for control in page.segmented_control if control.label == "Layer"]
    layer.set_value(2).run()
    assert updates("W^{2}_{1,3}", float(step.parameters_after[1][0, 2]))
    assert "layer" not in page.query_params  # the last one is shown first
    page = opened("example=xor-hidden&position=100&sample=2&phase=14&layer=3")
    assert any("between 1 and 2" in warning.value for warning in page.warning)


@pytest.mark.parametrize(
    ("samples", "rate", "stopped"), [("1+2_3+-1", 10, 4), ("1000+2000_3000+-1000", 100, 1)], ids=["later", "at once"]
)
def test_of_a_run_that_ran_away_the_last_whole_epoch_is_shown_or_none(samples: str, rate: int, stopped: int) -> None:
    page = opened(f"inputs={samples}&labels=1_0&hidden=8_8_8&activation=relu&lr={rate}&epochs=60&position=60")
    assert [warning.value for warning in page.warning] == [f"The run stopped in epoch {stopped}: a number ran away."]
    assert bool(titles(page)) == (stopped > 1)


def test_each_phase_leads_to_its_code() -> None:
    page = opened("position=318&phase=8")
    links = {link.proto.label: link.proto.query_string for link in page.get("page_link")}
    assert "level=4&step=" in links.pop("Practise this step")
    assert links == {phase.code: f"position=318&show={phase.code}" for phase in PHASES}


def test_predict_first_hides_the_result_until_a_guess() -> None:
    page = opened("position=318&sample=2&phase=1")
    page = checked(page.toggle[0].set_value(True).run())
    step = step_of(318, 2)
    value = number(float(step.logits[0]))
    assert disabled(page, "Next")
    assert value not in picture(page)
    assert value not in " ".join(latex.value for latex in page.latex)
    (field,) = page.text_input
    assert field.label == "Your guess for z[1]"
    page = checked(field.set_value("much").run())
    assert any("much" in markdown.value and "red" in markdown.value for markdown in page.markdown)
    assert value not in picture(page)
    page = checked(page.text_input[0].set_value("3/2").run())
    assert value in picture(page)
    (said,) = [markdown.value for markdown in page.markdown if "your guess" in markdown.value]
    numbers = [float(text.replace("−", "-")) for text in re.findall(r"−?\d+\.\d+", said)]
    np.testing.assert_allclose(numbers, [1.5, step.logits[0], 1.5 - float(step.logits[0])], rtol=1e-5)
    page = press(page, "Next")
    assert disabled(page, "Next")
    page = press(page, "Back")
    assert not disabled(page, "Next")  # a guess is not asked for twice


def test_a_result_is_shown_without_a_guess_and_the_next_one_waits_again() -> None:
    page = opened("position=318&sample=2&phase=1&predict=1")
    page = press(page, "Show without a guess")
    assert number(float(step_of(318, 2).logits[0])) in picture(page)
    assert page.query_params["revealed"] in ("1", ["1"])
    page = press(page, "Next")
    assert disabled(page, "Next")


def test_what_a_class_was_told_waits_for_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, corner, "_component")
    page = opened("position=318&sample=2&phase=1&predict=1")
    value = number(float(step_of(318, 2).logits[0]))
    assert disabled(page, "Next")
    run = Experiment.tutorial().identity
    others = ("", "318", f"{run}/317/1/2", f"{run}/316/1/1", "/317/1/1", "x" * 1000, 8, None, [317, 1, 1])
    for count, said in enumerate(others, 1):
        browser.says(page, corner.KEY, "on_pressed_change", {"pressed": [[count, "revealed", said]]})
        assert disabled(page, "Next")
        assert "revealed" not in page.query_params
    # The answer is revealed while the teacher is on another page
    page.switch_page("mathematics/mathematics.py")
    checked(page.run())
    browser.says(page, corner.KEY, "on_pressed_change", {"pressed": [[10, "revealed", f"{run}/317/1/1"]]})
    page.switch_page("step_by_step/step_by_step.py")
    checked(page.run())
    assert value in picture(page)
    assert page.query_params["revealed"] in ("1", ["1"])
    # The next phase was revealed before the teacher went there. The phase after it was not.
    page = press(page, "Next")
    assert not disabled(page, "Next")
    page = press(page, "Next")
    assert disabled(page, "Next")
    assert "revealed" not in page.query_params


def test_a_link_shows_what_its_sender_saw() -> None:
    page = opened("position=318&sample=2&phase=2&predict=1&revealed=1")
    assert not disabled(page, "Next")
    assert titles(page) == [2, 1]
    assert titles(opened("phase=8&all=1&predict=1")) == [*range(1, 9)]
    assert "all" not in press(opened("phase=8&all=1"), "Next").query_params


def test_a_next_that_comes_too_late_skips_no_guess() -> None:
    page = opened("position=318")
    page = checked(page.toggle[0].set_value(True).run())
    page = checked(page.text_input[0].set_value("1").run())
    page.slider[0].set_value(319)
    page = press(page, "Next")  # both in one message: there is a guess at the old position, and none at 319
    assert where(page) == ("319", "1", "1")
    assert disabled(page, "Next")


@pytest.mark.parametrize("phase", ["0", "9", "-1", "six", "1e9", "%F0%9F%98%80"])
def test_a_hostile_phase_is_named_and_ignored(phase: str) -> None:
    page = opened(f"position=3&phase={phase}")
    assert titles(page) == [1]
    (warning,) = page.warning
    assert "phase" in warning.value


def test_a_large_network_shows_one_output_of_choice() -> None:
    random = np.random.default_rng(3)
    inputs = "_".join(" ".join(f"{value:.3f}" for value in row) for row in random.normal(size=(30, 64)))
    labels = "_".join(" ".join(map(str, row)) for row in random.integers(0, 2, size=(30, 16)))
    page = opened(f"inputs={inputs}&labels={labels}&epochs=20&position=20&sample=30&phase=8".replace(" ", "+"))
    page = select(select(page, "Output", 15), "Input", 64)
    experiment = Experiment(
        [[float(cell) for cell in row.split(" ")] for row in inputs.split("_")],
        [[float(cell) for cell in row.split(" ")] for row in labels.split("_")],
        epochs=20,
    )
    step = step_of(20, 30, experiment)
    assert number(float(step.logits[15])) in picture(page)
    shown = " ".join(latex.value for latex in page.latex)
    assert r"b_{16}" in shown
    assert number(float(step.parameters_after[0][15, -1])).replace("−", "-") in shown
    assert max(len(latex.value) for latex in page.latex) < 4000


def test_an_experiment_without_epochs_shows_what_a_first_step_would_be() -> None:
    page = opened("epochs=0&phase=8&sample=5")
    assert titles(page) == list(range(8, 0, -1))
    assert disabled(page, "Next")
    assert "0 epochs" in page.caption[0].value


def test_names_of_strangers_are_text_in_the_picture() -> None:
    query = "inputs=1_2&labels=1_0&epochs=3&phase=8&input_name=<u>q&label_name=<i>$y"
    body = drawn(opened(query))
    assert "&lt;u&gt;q" in body
    assert "<u>" not in body
    assert "<i>$y" not in body


def test_another_experiment_keeps_the_place_within_its_bounds() -> None:
    page = opened("position=1999&sample=5&phase=8")
    page = select(select(page, "Output", 3), "Input", 3)
    page.query_params["inputs"] = ["1"]
    page.query_params["labels"] = ["1"]
    page.query_params["epochs"] = ["3"]
    page = checked(page.run())
    assert where(page)[1] == "1"
    assert titles(page)[0] in (1, 8)


NUMBERS = counting(1)  # of presses


def pressed_cell(chart: str, cell: str) -> dict[str, object]:
    """Return what a browser says when a cell is pressed: chart, column and row, after each other."""
    return {"pressed": [[next(NUMBERS), "cell", f"{chart} {cell}"]]}


def test_a_press_in_who_moved_what_goes_to_that_samples_step(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, still, "stage")
    page = opened("position=318&sample=2&phase=8")
    page = browser.says(page, "step_moves", "on_pressed", pressed_cell("changes", "0 3"))
    assert where(page)[:2] == ("318", "4")


def test_a_press_in_the_outer_product_looks_at_that_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, still, "stage")
    page = opened("position=318&sample=2&phase=8")
    page = browser.says(page, "step_outer_product", "on_pressed", pressed_cell("outer_product", "2 1"))
    # Input 3 of output 2.
    assert any(r"W_{2,3} &\leftarrow" in latex.value.replace("& ", "&") for latex in page.latex)


@pytest.mark.parametrize("chart", ["changes", "outer_product", "another"])
def test_a_press_beside_every_cell_is_none(chart: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, still, "stage")
    page = opened("position=318&sample=2&phase=8")
    before = where(page), [latex.value for latex in page.latex]
    for cell in ("0 5", "16 99999", "-1 0", "0", "", "a b", "0 0 0", "0.0 1.0", "٣ 0"):
        for key in ("step_moves", "step_outer_product"):
            browser.says(page, key, "on_pressed", pressed_cell(chart, cell))
            assert (where(page), [latex.value for latex in page.latex]) == before, cell
