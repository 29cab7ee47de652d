"""Where a run stands, as charts: they play, they are the core's numbers, and a link brings them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from classifier import Experiment, Parameter, Run, logit_plane, loss_surface
from pages.shared.examples import EXAMPLES
from tests.browser.conftest import Stage
from tests.classifier.tables import data_loss

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TUTORIAL = Experiment.tutorial()
XOR = Experiment(**EXAMPLES["xor"].fields)


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def choose(stage: Stage, label: str, option: str) -> None:
    """Choose in one of Streamlit's boxes, by its accessible name."""
    stage.page.get_by_role("combobox", name=label).click()
    stage.page.get_by_role("option", name=option, exact=True).click()


def setting(stage: Stage, figure: str, label: str) -> Locator:
    """Find a box in the cell of a chart."""
    return stage.page.locator(f".stage-chart:has([data-figure={figure}]) .stage-settings").get_by_label(
        label, exact=True
    )


def shown(stage: Stage, figure: str) -> None:
    stage.page.wait_for_selector(f'[data-figure="{figure}"] .main-svg')


def test_a_chart_that_is_read_by_keys_may_give_way_to_another(stage: Stage) -> None:
    """As another page or a class makes it go while it has the focus: nothing is asked of it then."""
    stage.open("?example=xor-hidden")
    shown(stage, "decision")
    stage.page.locator('[data-figure="decision"]').focus()
    stage.page.keyboard.press("Enter")
    stage.page.locator('[data-figure="decision"] .hovertext').wait_for()
    box = stage.page.get_by_label("Chart shown here")
    box.evaluate("box => { box.value = 'landscape'; box.dispatchEvent(new Event('change')); }")
    shown(stage, "landscape")


def holds_decision(stage: Stage, run: Run, output: int, inputs: tuple[int, int], position: int) -> None:
    """Hold plane, line, samples and marks against the core."""
    history, experiment = run.history, run.experiment
    ends = [stage.trace("decision", 0, axis) for axis in "xy"]
    for values, column in zip(ends, inputs, strict=True):
        assert values[0] < min(row[column] for row in experiment.inputs)
        assert values[1] > max(row[column] for row in experiment.inputs)
    mean = np.mean(experiment.inputs, axis=0)
    expected = logit_plane(history.parameters[0][position : position + 1], output, inputs, *ends, mean)
    for trace in (0, 1):
        np.testing.assert_allclose(stage.trace("decision", trace, "z"), expected, rtol=1e-5, atol=1e-5)
    labels = experiment.label_array[:, output] > 0.5
    order = np.argsort(labels, kind="stable")
    yhat = history.yhat[position][order, output]
    np.testing.assert_allclose(stage.trace("decision", 2, "customdata"), yhat, rtol=1e-7)
    np.testing.assert_array_equal(stage.trace("decision", 3, "marker")["opacity"], (yhat > 0.5) != labels[order])
    np.testing.assert_array_equal(stage.trace("decision", 2, "x"), np.array(experiment.inputs)[order, inputs[0]])


def test_the_decision_of_xor_plays(stage: Stage) -> None:
    stage.open()
    assert setting(stage, "decision", "Across").count() == 0
    stage.page.evaluate("document.querySelector('[data-testid=\"stage\"]').marked = true")
    # The box is used by keyboard, and keeps the focus.
    box = stage.page.get_by_label("Chart shown here", exact=True)
    box.focus()
    stage.page.keyboard.press("ArrowDown")
    shown(stage, "decision")
    stage.page.wait_for_function("() => location.search.includes('chart=decision')")
    stage.page.wait_for_function("() => document.activeElement.value === 'decision'")
    stage.page.locator('[data-figure="layer_gradients"]').wait_for(state="detached")
    names = stage.page.locator("[data-figure]").evaluate_all("divs => divs.map(div => div.dataset.figure)")
    assert names == ["network", "predictions", "loss", "weights", "gradients", "decision"]
    # The chart's settings are in its own cell, above its plot, and the player is not mounted anew for them.
    setting(stage, "decision", "Across").wait_for()
    in_plot = """() => {
        const cell = document.querySelector('.stage-chart:has([data-figure=decision])');
        const plot = cell.querySelector('.nsewdrag').getBoundingClientRect(), whole = cell.getBoundingClientRect();
        return [...cell.querySelectorAll('.stage-settings select')].map(box => box.getBoundingClientRect())
            .filter(box => box.top < whole.top || box.bottom > plot.top || box.right > whole.right + 1).length;
    }"""
    assert stage.page.evaluate(in_plot) == 0
    assert stage.page.evaluate("document.querySelector('[data-testid=\"stage\"]').marked") is True
    choose(stage, "Example", "Logic: XOR")
    stage.wait("Number(d.total) === 1000")
    run = trained(XOR)
    stage.play()
    stage.wait("Number(d.position) > 20 && d.playing === 'true'")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    holds_decision(stage, run, 0, (0, 1), stage.position)
    # A setting changes while the chart plays, and it plays on from the same position.
    position = stage.position
    stage.press("Continue")
    stage.wait("Number(d.position) > a", position)
    setting(stage, "decision", "Up").focus()
    setting(stage, "decision", "Up").select_option("↑ x₁")
    stage.page.wait_for_function("() => location.search.includes('across=2')")
    # The box keeps the focus, so that the keyboard can go on.
    stage.page.wait_for_function(
        "() => document.activeElement.ariaLabel === 'Up' && document.activeElement.value === '1'"
    )
    stage.wait("Number(d.position) > a && d.playing === 'true'", position + 2)
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    holds_decision(stage, run, 0, (1, 0), stage.position)
    # An edit keeps it, too, and everything is still in one view.
    stage.key("Home")
    stage.at(0)
    stage.press("Step forward")
    stage.at(1)
    stage.page.get_by_label("Seed", exact=True).fill("7")
    stage.page.get_by_label("Seed", exact=True).press("Enter")
    stage.page.wait_for_function("() => location.search.includes('seed=7')")
    stage.at(1)
    holds_decision(stage, trained(XOR.replace(seed=7)), 0, (1, 0), 1)
    overflow = "() => { const m = document.querySelector('main'); return m.scrollHeight - m.clientHeight; }"
    assert stage.page.evaluate(overflow) <= 1
    # A reload brings it back.
    stage.page.reload()
    stage.ready()
    shown(stage, "decision")
    stage.at(1)
    holds_decision(stage, trained(XOR.replace(seed=7)), 0, (1, 0), 1)


def test_a_link_opens_a_landscape_and_its_path_grows(stage: Stage) -> None:
    stage.open("?chart=landscape&across=1-1&up=2-b&position=300")
    shown(stage, "landscape")
    stage.at(300)
    # On a busy machine the run comes in several messages.
    whole = "() => document.querySelector('[data-figure=\"landscape\"]').data[1].x.length === 2001"
    stage.page.wait_for_function(whole)
    history = trained(TUTORIAL).history
    path = history.parameters[0][..., :-1][:, 0, 0], history.parameters[0][..., -1][:, 1]
    for position in (300, 301, 0, 2000):
        if position == 301:
            stage.key("ArrowRight")
        elif position != 300:
            stage.key("Home" if position == 0 else "End")
        stage.at(position)
        for axis, values in zip("xy", path, strict=True):
            np.testing.assert_allclose(stage.trace("landscape", 1, axis), values, rtol=1e-7)
            np.testing.assert_allclose(stage.trace("landscape", 2, axis), values[: position + 1], rtol=1e-7)
            np.testing.assert_allclose(stage.trace("landscape", 3, axis), values[-1:], rtol=1e-7)
            np.testing.assert_allclose(stage.trace("landscape", 4, axis), [values[position]], rtol=1e-7)
    across, up, surface = stage.page.evaluate(
        """() => {
            const [trace] = document.querySelector('[data-figure="landscape"]')._fullData;
            return ["x", "y", "customdata"].map(name => Array.from(trace[name], v => v.length ? [...v] : v));
        }"""
    )
    expected = loss_surface(
        TUTORIAL,
        history.parameters[0][-1:],
        Parameter(0, 0),
        Parameter(1, 3),
        across,
        up,
    )
    np.testing.assert_allclose(surface, expected, rtol=1e-9)
    # At the end, and only there, path and surface have the same loss.
    end = data_loss(TUTORIAL, history.parameters[0][-1:])
    assert np.min(surface) < end < np.max(surface)
    # A page away and back, it is still there.
    stage.page.get_by_role("link", name="Step by step").first.click()
    stage.page.wait_for_function("() => location.pathname.endsWith('/step_by_step')")
    stage.page.get_by_text("Epoch 2000 of 2000").first.wait_for()
    stage.page.get_by_role("link", name="Playground").first.click()
    stage.ready()
    shown(stage, "landscape")
    stage.page.wait_for_function(
        "() => location.search.includes('chart=landscape') && location.search.includes('up=2-b')"
    )
    # The settings go, and the player that stands below them is not mounted anew.
    stage.page.evaluate("document.querySelector('[data-testid=\"stage\"]').marked = true")
    stage.page.get_by_label("Chart shown here", exact=True).select_option("Layers")
    shown(stage, "layer_gradients")
    stage.page.wait_for_function("() => !location.search.includes('chart') && !location.search.includes('up=')")
    setting(stage, "landscape", "Across").wait_for(state="detached")
    assert stage.page.evaluate("document.querySelector('[data-testid=\"stage\"]').marked") is True


def test_inputs_that_begin_alike_are_told_apart_in_their_boxes(stage: Stage) -> None:
    stage.open("?example=iris&chart=decision")
    across, up = (
        setting(stage, "decision", label).evaluate("""box => {
            const { font, paddingLeft, paddingRight } = getComputedStyle(box);
            const pen = Object.assign(document.createElement("canvas").getContext("2d"), { font });
            const room = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
            let text = box.selectedOptions[0].text;
            while (text && pen.measureText(text + "…").width > room) text = text.slice(0, -1);
            return text.slice(2);
        }""")
        for label in ("Across", "Up")
    )
    assert (across[:7], up[:7]) == ("sepal l", "sepal w")
