"""The playground in a real browser: it plays, it can be stopped anywhere, and its charts hold the core's numbers."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np
import pytest

from classifier import Experiment, Run, data_set_gradient
from tests.browser import samples
from tests.browser.conftest import PAGES, Stage, swipe, watched_page
from tests.core_numbers import charts_hold
from tests.server import App, running_app
from tests.shown import read_number

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TUTORIAL = Experiment.tutorial()

# Every chart is as large as its place.
SVG_FITS = """() => [...document.querySelectorAll("[data-figure]")].every(div => {
    const svg = div.querySelector(".main-svg").getBoundingClientRect(), own = div.getBoundingClientRect();
    return Math.abs(svg.width - own.width) <= 1 && Math.abs(svg.height - own.height) <= 1;
})"""


def trained(experiment: Experiment = TUTORIAL) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def holds(stage: Stage, run: Run, position: int) -> None:
    """Hold every chart against the core at a position that is recorded."""
    history, frame = run.history, charts_hold(stage.trace, run, position)
    readouts = stage.page.locator(".stage-readouts dd").all_inner_texts()
    assert re.sub(r"\D", "", readouts[0].split("of")[0]) == str(position)
    assert read_number(readouts[1]) == pytest.approx(history.running_loss[frame], rel=1e-5)
    assert float(readouts[2].removesuffix(" %")) == pytest.approx(100 * history.accuracy[frame], abs=0.05)
    assert read_number(readouts[3]) == pytest.approx(np.abs(history.gradients[0][frame, :, :-1]).max(), rel=1e-5)


def test_train_plays_from_the_start_and_pausing_shows_the_cores_numbers(stage: Stage) -> None:
    stage.open("?position=1500")
    stage.at(1500)
    stage.press("To start")
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 20 && Number(d.position) < 1500")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    position = stage.position
    # The one button goes on from there, and at the end starts anew.
    stage.press("Continue")
    stage.wait("Number(d.position) > a", position)
    stage.press("Pause")
    stage.press("To end")
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) < 1500")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    position = stage.position
    stage.page.wait_for_function("p => location.search === `?position=${p}`", arg=position)
    holds(stage, trained(), position)
    said = stage.page.locator('[aria-live="polite"]')
    said.get_by_text(f"Epoch {position} of 2000, loss ").wait_for(state="attached")


OLDER_FIRST = """
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(tell) {
    super((changes) => tell(changes.flatMap((change) => [{ isIntersecting: !change.isIntersecting }, change])));
  }
};
"""


def test_of_two_changes_that_a_busy_browser_tells_together_the_newer_counts(stage: Stage) -> None:
    """Whether a chart is on the screen: one that is not is not drawn."""
    stage.page.add_init_script(OLDER_FIRST)
    stage.open("?position=20")
    stage.key("End")
    stage.at(2000)
    assert len(stage.trace("loss", 1, "y")) == 2000


def test_it_stops_at_the_end_and_the_last_loss_is_the_tutorials(stage: Stage) -> None:
    stage.open("?position=1900")
    stage.page.get_by_label("Speed").select_option("2000")
    stage.press("Continue")
    stage.at(2000)
    assert stage.trace("loss", 2, "y")[0] == pytest.approx(0.2137417010962963, rel=2e-6)
    holds(stage, trained(), 2000)


def test_before_the_first_epoch_the_gradient_is_that_of_the_initial_weights(stage: Stage) -> None:
    stage.open()
    stage.at(0)
    (expected,) = data_set_gradient(Experiment.tutorial(), Run(Experiment.tutorial()).parameters_at(0))
    np.testing.assert_allclose(stage.trace("gradients", 0, "z"), expected, rtol=1e-6)
    assert stage.trace("loss", 1, "y") == []
    assert stage.page.locator(".stage-readouts dd").all_inner_texts()[1] == "–"
    run = trained()
    np.testing.assert_allclose(stage.trace("weights", 0, "z"), run.history.parameters[0][0])


def test_buttons_and_keys_go_where_they_say(stage: Stage) -> None:
    stage.open("?position=318")
    stage.at(318)
    stage.press("Step forward")
    stage.at(319)
    stage.press("Step back")
    stage.at(318)
    stage.key("ArrowRight")
    stage.at(319)
    stage.key("ArrowLeft")
    stage.key("ArrowLeft")
    stage.at(317)
    holds(stage, trained(), 317)
    stage.key("End")
    stage.at(2000)
    stage.key("Home")
    stage.at(0)
    stage.key(" ")
    stage.wait("d.playing === 'true' && Number(d.position) > 5")
    stage.key(" ")
    stage.wait("d.playing === 'false'")
    stage.press("To end")
    stage.at(2000)
    stage.press("To start")
    stage.at(0)


def test_the_slider_scrubs_and_keeps_the_keys(stage: Stage) -> None:
    stage.open()
    slider = stage.page.get_by_label("Epochs trained", exact=True)
    box = slider.bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    stage.page.mouse.down()
    stage.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    stage.wait("Math.abs(Number(d.position) - 1000) < 20")
    stage.page.mouse.up()
    position = stage.position
    stage.page.wait_for_function("p => location.search === `?position=${p}`", arg=position)
    holds(stage, trained(), position)
    stage.page.keyboard.press("ArrowRight")
    stage.at(position + 1)
    assert slider.get_attribute("aria-valuetext") == f"Epoch {position + 1} of 2000"


def test_reload_and_copied_address_bring_back_the_screen(stage: Stage, browser: Browser) -> None:
    stage.open("?" + urlencode({"lr": "0.05", "epochs": 300, "seed": 7, "route": "chain", "dtype": "float64"}))
    stage.press("Train")
    stage.wait("Number(d.position) > 30")
    # While it plays, the address follows twice a second.
    stage.page.wait_for_function("() => /position=[1-9]/.test(location.search)")
    stage.page.reload()
    stage.ready()
    stage.wait("Number(d.position) > 0 && d.playing === 'false'")
    address = stage.page.url
    position = stage.position
    assert f"position={position}" in address
    other = Stage(watched_page(browser, stage.app, stage.faults), stage.app)
    other.page.goto(address)
    other.ready()
    other.at(position)
    expected = Run(TUTORIAL.replace(learning_rate=0.05, epochs=300, seed=7, route="chain", dtype="float64"))
    expected.advance()
    holds(stage, expected, position)
    holds(other, expected, position)
    other.page.close()


def test_two_tabs_with_different_seeds_do_not_mix(stage: Stage, browser: Browser) -> None:
    other = Stage(watched_page(browser, stage.app, stage.faults), stage.app)
    stage.open("?seed=1")
    other.open("?seed=2")
    for tab in (stage, other):
        tab.press("Train")
    for tab in (stage, other):
        tab.wait("Number(d.position) > 50")
        tab.press("Pause")
        tab.wait("d.playing === 'false'")
    holds(stage, trained(TUTORIAL.replace(seed=1)), stage.position)
    holds(other, trained(TUTORIAL.replace(seed=2)), other.position)
    other.page.close()


def test_a_run_of_many_chunks_plays_through(stage: Stage) -> None:
    # With 64 inputs and 16 outputs a frame has 9 kB, so a message holds only 60 of them.
    rng = np.random.RandomState(0)
    experiment = Experiment(
        inputs=rng.randint(0, 2, (12, 64)), labels=rng.randint(0, 2, (12, 16)), learning_rate=0.05, epochs=400
    )
    query = {
        "inputs": "_".join(" ".join(f"{x:g}" for x in row) for row in experiment.inputs),
        "labels": "_".join(" ".join(f"{y:g}" for y in row) for row in experiment.labels),
        "lr": "0.05",
        "epochs": "400",
    }
    stage.open("?" + urlencode(query))
    stage.page.get_by_label("Speed").select_option("200")
    stage.press("Train")
    stage.at(400)
    holds(stage, trained(experiment), 400)
    assert stage.trace("weights", 0, "texttemplate") == ""
    assert stage.page.get_by_text("1–10 of 12").is_visible()
    stage.page.get_by_label("Later rows").click()
    stage.page.get_by_text("11–12 of 12").wait_for()
    stage.wait("d.run.includes(':10.')")
    stage.at(400)
    np.testing.assert_allclose(stage.trace("predictions", 0, "z"), trained(experiment).history.yhat[-1][10:], rtol=1e-6)


def test_to_the_end_of_a_long_run_trains_up_to_there(stage: Stage) -> None:
    stage.open("?epochs=60000")
    stage.press("To end")
    stage.at(60000)
    expected = trained(TUTORIAL.replace(epochs=60000))
    assert stage.trace("loss", 2, "y")[0] == pytest.approx(expected.history.running_loss[-1], rel=1e-6)
    assert stage.trace("loss", 0, "x")[-1] == 60000


def test_cells_that_would_read_zero_say_their_power(stage: Stage) -> None:
    stage.open("?lr=10&epochs=200&route=chain&position=100")
    stage.at(100)
    run = trained(TUTORIAL.replace(learning_rate=10, epochs=200, route="chain"))
    for position in (100, 99):
        gradients = run.history.gradients[0][position]
        said = [[read_number(text.replace("·", " · ")) for text in row] for row in stage.trace("gradients", 0, "text")]
        np.testing.assert_allclose(said, gradients, rtol=0.06)
        assert any("·" in text for row in stage.trace("gradients", 0, "text") for text in row)
        stage.key("ArrowLeft")
        stage.at(position - 1)
    stage.key("Home")
    stage.key("ArrowRight")
    stage.at(1)
    assert not any("·" in text for row in stage.trace("gradients", 0, "text") for text in row)


def test_hover_names_the_cell_and_follows_while_it_plays(stage: Stage) -> None:
    stage.open("?position=318")
    stage.at(318)
    cell = stage.page.locator('[data-figure="weights"] .nsewdrag').bounding_box()
    assert cell is not None
    # Second row, first of four columns.
    stage.page.mouse.move(cell["x"] + cell["width"] / 8, cell["y"] + cell["height"] * 3 / 8)
    label = stage.page.locator('[data-figure="weights"] .hovertext')
    label.wait_for()
    text = label.text_content() or ""
    run = trained()
    assert "W[y₂, x₁]" in text
    numbers = [float(number.replace("−", "-")) for number in re.findall(r"(?:value|gradient|epoch) ([−\d.e-]+)", text)]
    gradient = float(run.history.gradients[0][..., :-1][318, 1, 0])
    expected = [run.history.parameters[0][..., :-1][318, 1, 0], gradient, -0.01 * gradient]
    np.testing.assert_allclose(numbers, expected, rtol=1e-8)
    change = run.history.parameters[0][..., :-1][318, 1, 0] - run.history.parameters[0][..., :-1][317, 1, 0]
    assert numbers[2] == pytest.approx(change, abs=1e-6)
    stage.key(" ")
    stage.page.wait_for_function(
        "was => { const now = document.querySelector('[data-figure=\"weights\"] .hovertext')?.textContent;"
        " return now && now !== was; }",
        arg=label.evaluate("element => element.textContent"),
    )


def test_zoom_stays_and_no_chart_is_rebuilt_while_it_plays_and_changes(stage: Stage) -> None:
    stage.open()
    page = stage.page
    page.evaluate("() => document.querySelectorAll('[data-figure] .main-svg').forEach(svg => { svg.marked = true; })")
    area = page.locator('[data-figure="loss"] .nsewdrag').bounding_box()
    assert area is not None
    stage.press("Train")
    stage.wait("Number(d.position) > 10")
    page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.7, area["y"] + area["height"] * 0.9, steps=6)
    page.mouse.up()
    zoomed = "() => document.querySelector('[data-figure=\"loss\"]').layout.xaxis.range"
    page.wait_for_function(f"() => ({zoomed})()[0] > 100")
    before = page.evaluate(zoomed)
    # Edits in the middle of it: the run changes, the charts stay.
    for seed in (5, 6, 7):
        page.get_by_label("Seed", exact=True).fill(str(seed))
        page.get_by_label("Seed", exact=True).press("Enter")
        page.wait_for_function("seed => location.search.includes(`seed=${seed}`)", arg=seed)
        stage.wait("d.playing === 'true'")
    stage.wait("d.playing === 'true' && d.position > a", stage.position + 200)
    assert page.evaluate(zoomed) == before
    marked = "() => [...document.querySelectorAll('[data-figure] .main-svg')].every(svg => svg.marked)"
    assert page.evaluate(marked)
    page.mouse.dblclick(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * 0.5)
    page.wait_for_function(f"() => ({zoomed})()[0] === 0")


def test_a_diverging_learning_rate_is_explained(stage: Stage) -> None:
    stage.open("?lr=10&route=chain")
    stage.press("To end")
    stage.at(2000)
    stage.page.get_by_text("Diverging at epoch ").wait_for()
    holds(stage, trained(TUTORIAL.replace(learning_rate=10, route="chain")), 2000)
    stage.page.get_by_role("button", name="Reset to the tutorial").click()
    stage.at(0)
    stage.page.get_by_text("Diverging at epoch ").wait_for(state="detached")


def test_the_loss_axis_can_be_logarithmic_and_stays_so(stage: Stage) -> None:
    stage.open("?position=100")
    stage.press("log")
    axis = "() => document.querySelector('[data-figure=\"loss\"]')._fullLayout.yaxis.type"
    stage.page.wait_for_function(f"() => ({axis})() === 'log' && location.search.includes('view=loss.log')")
    run = stage.data("run")
    stage.page.get_by_label("Seed", exact=True).fill("7")
    stage.page.get_by_label("Seed", exact=True).press("Enter")
    stage.wait("d.run !== a", run)
    stage.at(100)
    assert stage.page.evaluate(axis) == "log"
    stage.press("linear")
    stage.page.wait_for_function(f"() => ({axis})() === 'linear' && !location.search.includes('view')")
    stage.press("log")
    stage.page.wait_for_function(f"() => ({axis})() === 'log'")
    # The chart still holds the present run, not the run of the time when the buttons were made.
    holds(stage, trained(TUTORIAL.replace(seed=7)), 100)
    stage.page.wait_for_function("() => location.search.includes('view=loss.log')")
    stage.page.reload()
    stage.ready()
    stage.page.wait_for_function(f"() => ({axis})() === 'log'")


@contextmanager
def busy(app: App) -> Iterator[None]:
    """Hold the server, as a class of thirty does for a moment."""
    os.kill(app.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(app.pid, signal.SIGCONT)


def test_a_pause_does_not_swallow_an_open_question(stage: Stage) -> None:
    stage.open("?epochs=60000")
    stage.wait("d.playing === 'false'")
    stage.page.get_by_label("Speed").select_option("50000")
    with busy(stage.app):
        stage.press("To end")
        stage.key(" ")
        stage.press("Pause")
        stage.press("Step back")
        stage.page.wait_for_timeout(500)
    stage.press("To end")
    stage.at(60_000)


def test_the_position_is_kept_through_edits_that_overtake_each_other(stage: Stage) -> None:
    stage.open("?epochs=15000&position=14000")
    recorded = Run(TUTORIAL.replace(epochs=15000)).positions
    position = int(recorded[recorded <= 14000][-1])
    stage.at(position)
    seed = stage.page.get_by_label("Seed", exact=True)
    for number in ("1", "2", "3"):
        seed.fill(number)
        seed.press("Enter")
        stage.page.wait_for_function("seed => location.search.includes(`seed=${seed}`)", arg=number)
    stage.at(position)
    stage.page.wait_for_function("p => location.search.includes(`position=${p}`)", arg=position)


def test_edits_of_the_table_while_it_plays_are_played(stage: Stage) -> None:
    stage.open("?position=1")
    page = stage.page
    stage.press("Continue")
    stage.wait("Number(d.position) > 20")

    def type_into(row: int, column: str, text: str) -> None:
        samples.type_into(page, row, column, text)

    run = stage.data("run")
    type_into(3, "y₂", "1.7")
    page.get_by_text("Row 3, y₂: 1.7 is not a label. Labels lie between 0 and 1.").wait_for()
    assert stage.data("run") == run
    assert stage.data("playing") == "true"
    type_into(3, "y₂", "0,5")
    stage.wait("d.run !== a && d.playing === 'true'", run)
    run = stage.data("run")
    page.get_by_role("button", name="+ output").click()
    stage.wait("d.run !== a && d.playing === 'true'", run)
    run = stage.data("run")
    page.get_by_role("button", name="+ sample").click()
    stage.wait("d.run !== a && d.playing === 'true'", run)
    run = stage.data("run")
    type_into(6, "x₁", "1/2")
    stage.wait("d.run !== a && d.playing === 'true'", run)
    position = stage.position
    stage.wait("Number(d.position) > a", position)
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    labels = [[*row, 0] for row in TUTORIAL.labels] + [[0] * 5]
    labels[2][1] = 0.5
    inputs = [*TUTORIAL.inputs, (0.5, 0, 0)]
    holds(stage, trained(Experiment(inputs=inputs, labels=labels)), stage.position)


def test_before_the_first_epoch_hovering_shows_the_gradient_there_and_no_change(stage: Stage) -> None:
    stage.open("?position=100")
    stage.at(100)
    assert stage.trace("weights", 0, "customdata")[1][0][0] is not None
    stage.key("Home")
    stage.at(0)
    stage.page.locator('[data-figure="weights"][data-exact="true"][data-drawn="0"]').wait_for()
    shown = stage.trace("weights", 0, "customdata")
    assert [[change for _, change in row] for row in shown] == [[None] * 4] * 4
    begun = data_set_gradient(TUTORIAL, [trained().history.parameters[0][0]])[0]
    assert [[gradient for gradient, _ in row] for row in shown] == begun.tolist()
    assert stage.trace("gradients", 0, "z") == begun.tolist()
    cell = stage.page.locator('[data-figure="weights"] .nsewdrag').bounding_box()
    assert cell is not None
    stage.page.mouse.move(cell["x"] + cell["width"] / 8, cell["y"] + cell["height"] * 3 / 8)
    label = stage.page.locator('[data-figure="weights"] .hovertext')
    label.wait_for()
    assert (label.text_content() or "").endswith("change in this epoch -")


def test_a_step_is_opened_at_the_position_of_the_player(stage: Stage) -> None:
    stage.open("?seed=3")
    stage.press("Train")
    stage.wait("Number(d.position) > 40")
    stage.press("Open this step")
    stage.page.wait_for_function("() => location.pathname.endsWith('/step_by_step')")
    stage.page.wait_for_function("() => /position=[1-9]/.test(location.search) && location.search.includes('seed=3')")
    position = int(re.search(r"position=(\d+)", stage.page.url)[1])
    assert position > 40
    stage.page.get_by_text(f"Epoch {position} of 2000").first.wait_for()
    # And back: the playground stands where the step was.
    stage.page.get_by_role("link", name="Playground").first.click()
    stage.ready()
    stage.at(position)


def test_the_page_is_left_at_the_position_that_plays(stage: Stage) -> None:
    stage.open("?position=1500")
    stage.press("To start")
    stage.press("Train")
    stage.wait("Number(d.position) > 60 && Number(d.position) < 1000")
    stage.page.get_by_role("link", name="Step by step").first.click(delay=100)
    stage.page.wait_for_function("() => location.pathname.endsWith('/step_by_step')")
    stage.page.wait_for_function("() => /position=[1-9]/.test(location.search)")
    assert 60 < int(re.search(r"position=(\d+)", stage.page.url)[1]) < 1000


def test_rows_in_part_end_with_their_table(stage: Stage) -> None:
    rows = range(12)
    stage.open(
        "?" + urlencode({"inputs": "_".join(map(str, rows)), "labels": "_".join("0" for _ in rows), "epochs": 30})
    )
    stage.page.get_by_text("1–10 of 12").wait_for()
    stage.page.get_by_role("button", name="Reset to the tutorial").click()
    stage.page.get_by_text("1–10 of 12").wait_for(state="detached")
    assert stage.page.get_by_label("Later rows").count() == 0


def test_a_hostile_address_is_ignored_visibly_and_shown_as_text(stage: Stage) -> None:
    stage.open("?" + urlencode({"lr": "1e99", "seed": "<img src=x onerror=alert(1)>", "nonsense": "1", "epochs": "40"}))
    for name in ('"lr"', '"seed"', '"nonsense"'):
        stage.page.locator(".stage-notes").get_by_text(name).wait_for()
        stage.page.locator(".stage-more").click()
    assert stage.page.locator(".stage-notes img").count() == 0
    assert stage.data("total") == "40"


def test_names_are_text_in_the_charts(stage: Stage) -> None:
    names = ["<b>bold</b>", "a & b", "x₃"]
    query = [("input_name", name) for name in names] + [(f"label_{'name'}", f"<i>{i}</i>") for i in range(4)]
    stage.open("?" + urlencode([*query, ("position", "10")]))
    stage.at(10)
    shown = stage.page.locator('[data-figure="weights"] .xtick text').all_text_contents()
    assert shown == ["<b>bold<…", "a & b", "x₃", "b"]


def test_reduced_motion_starts_paused(browser: Browser, app: App) -> None:
    faults: list[str] = []
    stage = Stage(watched_page(browser, app, faults, reduced_motion="reduce"), app)
    stage.open()
    stage.press("Train")
    stage.at(0)
    why = stage.page.get_by_role("status").get_by_text("This device asks for less motion")
    why.wait_for()
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 3")
    why.wait_for(state="detached")
    stage.page.close()
    assert faults == []


def test_everything_is_in_one_view(stage: Stage) -> None:
    stage.open("?position=318")
    stage.at(318)
    for width, height in ((1440, 900), (1280, 720)):
        stage.page.set_viewport_size({"width": width, "height": height})
        stage.page.wait_for_function(SVG_FITS)
        overflow = stage.page.evaluate(
            """() => [...document.querySelectorAll("main, [data-testid='stSidebarContent']")]
            .map(box => box.scrollHeight - box.clientHeight)"""
        )
        assert len(overflow) == 2
        assert max(overflow) <= 1
        # The navigation shows every page, and hides none behind "2 more".
        stage.page.wait_for_function("() => !document.querySelector('[data-testid=stTopNavSection]')")
        assert stage.page.get_by_test_id("stTopNavLink").count() == len(PAGES)
        for name in ("network", "predictions", "loss", "weights", "gradients", "layer_gradients"):
            box = stage.page.locator(f'[data-figure="{name}"] .main-svg').first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height
            assert box["x"] + box["width"] <= width


def test_a_phone_shows_it_without_sideways_scrolling(browser: Browser, app: App) -> None:
    faults: list[str] = []
    stage = Stage(watched_page(browser, app, faults, viewport={"width": 390, "height": 844}, has_touch=True), app)
    stage.open("?position=318")
    stage.at(318)
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= 390
    # The charts fill the width of a phone, so a finger on a chart must scroll the page. A tap goes to an epoch.
    stage.page.locator('[data-figure="loss"]').scroll_into_view_if_needed()
    before = stage.page.get_by_test_id("stMain").evaluate("e => e.scrollTop")
    plot = stage.page.locator('[data-figure="loss"] .nsewdrag').bounding_box()
    assert plot is not None
    swipe(stage.page, plot["x"] + 100, plot["y"] + 150, 0, -100)
    # At rest: a tap while the page still moves stops it, and is no tap on what is there.
    scrolled = """before => new Promise((found) => {
        const { scrollTop } = document.querySelector("[data-testid=stMain]");
        const rests = () => scrollTop === document.querySelector("[data-testid=stMain]").scrollTop;
        setTimeout(() => found(scrollTop > before + 50 && rests()), 200);
    })"""
    stage.page.wait_for_function(scrolled, arg=before)
    plot = stage.page.locator('[data-figure="loss"] .nsewdrag').bounding_box()
    assert plot is not None
    stage.page.touchscreen.tap(plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2)
    stage.at(1000)
    stage.page.get_by_test_id("stMain").evaluate("e => e.scrollTo(0, 0)")
    stage.press("Continue")
    stage.wait("Number(d.position) > 3 && d.playing === 'true'")
    stage.page.locator('[data-figure="gradients"]').scroll_into_view_if_needed()
    box = stage.page.locator('[data-figure="gradients"] .main-svg').first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    stage.page.close()
    assert faults == []


def test_charts_follow_the_window(stage: Stage) -> None:
    stage.open("?position=318")
    stage.page.set_viewport_size({"width": 1000, "height": 900})
    stage.page.wait_for_function(SVG_FITS)


def test_the_dark_scheme_has_its_own_scale(browser: Browser, app: App) -> None:
    faults: list[str] = []
    stage = Stage(watched_page(browser, app, faults, color_scheme="dark"), app)
    stage.open("?position=318")
    stage.at(318)
    from pages.shared.charts import palette

    zero = dict(palette.DIVERGING)[0.5]
    assert dict(stage.trace("weights", 0, "colorscale"))[0.5] == palette.DARK[zero]
    stage.page.close()
    assert faults == []


def test_it_works_under_a_base_path(browser: Browser) -> None:
    faults: list[str] = []
    with running_app(options={"server.baseUrlPath": "class/room"}) as app:
        stage = Stage(watched_page(browser, app, faults), app)
        stage.open("?position=5")
        stage.at(5)
        stage.page.close()
    assert faults == []


def test_the_loss_says_its_numbers_anywhere_leads_to_an_epoch_and_comes_back_whole(stage: Stage) -> None:
    page = stage.page
    stage.open("?position=300&view=loss.log")
    history = trained(TUTORIAL).history
    plot = page.locator('[data-figure="loss"] .nsewdrag').bounding_box()
    assert plot is not None
    whole = page.get_by_role("button", name="Whole chart")
    assert whole.count() == 0

    def at(across: float, down: float) -> tuple[float, float]:
        return plot["x"] + across * plot["width"], plot["y"] + down * plot["height"]

    # The pointer may be far above the curve.
    page.mouse.move(*at(0.5, 0.1))
    said = page.locator('[data-figure="loss"] .hovertext')
    said.first.wait_for(state="attached")
    text = said.first.text_content() or ""
    epoch = int(re.search(r"epoch (\d+)", text)[1])  # type: ignore[index]
    assert abs(epoch - 1000) <= 8
    assert f"running loss {history.running_loss[epoch]:.6g}"[:18] in text
    assert said.count() == 1  # once, though several curves are at this place
    page.mouse.click(*at(0.5, 0.1))
    stage.at(epoch)
    page.wait_for_function(f"() => location.search.includes('position={epoch}')")

    # A drag zooms, and does not go to an epoch. The zoom stays when the position changes.
    page.mouse.move(*at(0.1, 0.1))
    page.mouse.down()
    page.mouse.move(*at(0.6, 0.8), steps=4)
    page.mouse.up()
    whole.wait_for()
    assert page.get_by_text("Double-click").count() == 0  # nothing lies over the controls
    ranges = "() => ['xaxis', 'yaxis'].map(a => document.querySelector('[data-figure=loss]')._fullLayout[a].range)"
    zoomed = page.evaluate(ranges)
    stage.key("ArrowRight")
    stage.at(epoch + 1)
    assert page.evaluate(ranges) == zoomed
    page.get_by_label("Seed", exact=True).fill("7")
    page.get_by_label("Seed", exact=True).press("Enter")
    page.wait_for_function("() => location.search.includes('seed=7')")
    whole.focus()
    page.keyboard.press("Enter")
    whole.wait_for(state="detached")
    assert page.evaluate(ranges)[0] == [0, 2000]
    # A chart that is not zoomed has no such button. A double click ends the zoom as well.
    page.mouse.move(*at(0.1, 0.1))
    page.mouse.down()
    page.mouse.move(*at(0.6, 0.8), steps=4)
    page.mouse.up()
    whole.wait_for()
    page.mouse.dblclick(*at(0.4, 0.4))
    whole.wait_for(state="detached")
    assert page.evaluate(ranges)[0] == [0, 2000]


def test_the_first_chart_is_there_before_the_others(stage: Stage) -> None:
    stage.page.add_init_script(
        """window.counts = [];
        new MutationObserver(() => window.counts.push(document.querySelectorAll(".js-plotly-plot").length))
            .observe(document, { childList: true, subtree: true });"""
    )
    stage.open("?position=318")
    stage.at(318)
    counts = stage.page.evaluate("[...new Set(window.counts)]")
    assert counts[:2] == [0, 1]
    assert counts[-1] == 6


def test_an_axis_that_gives_nothing_away_grows_with_what_is_played(stage: Stage) -> None:
    stage.open("?lr=2&unseen=1")
    loss = stage.page.locator("[data-figure=loss]")
    top = "div => div._fullLayout.yaxis.range[1]"
    assert 13 < loss.evaluate(top) < 20, "the loss at the initial weights is 13.9"
    stage.key("End")
    stage.at(2000)
    highest = max(stage.trace("loss", 1, "y"))
    assert highest < loss.evaluate(top) < 1.1 * highest
    assert stage.page.get_by_role("button", name="Whole chart").count() == 0
