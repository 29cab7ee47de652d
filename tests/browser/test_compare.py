"""A comparison in a real browser: it plays in lock-step, and its charts hold the core's numbers."""

from __future__ import annotations

import numpy as np

from classifier import Experiment, Sweep
from tests.browser.conftest import Stage

TUTORIAL = Experiment.tutorial()
ROWS = "[data-testid=stTable] tbody tr"


def test_twelve_play_in_lock_step_and_stop_at_the_cores_numbers(stage: Stage) -> None:
    stage.open("compare?vary=seed&seed=5")
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 20 && Number(d.position) < 1500")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    position = stage.position
    stage.at(position)
    sweep = Sweep([TUTORIAL.replace(seed=seed) for seed in range(12)])
    sweep.advance(max_epochs=position)
    for i, history in enumerate(sweep.histories):
        weights = history.parameters[0][position]
        np.testing.assert_allclose(stage.trace("weights", i, "z"), weights, rtol=1e-6)
        np.testing.assert_allclose(stage.trace("loss", 2 * i + 1, "y"), history.running_loss[1:], rtol=1e-6)
        assert len(stage.trace("loss", 2 * i, "y")) >= position
    np.testing.assert_allclose(stage.trace("loss", 24, "x"), [position] * 12)
    assert stage.page.locator(ROWS).count() == 12
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_comparison_is_typed_reloaded_opened_in_the_playground_and_come_back_to(stage: Stage) -> None:
    stage.open("compare?epochs=100&position=60")
    values = stage.page.get_by_role("textbox", name="Values")
    values.fill("0,5; 3/4")
    values.press("Enter")
    stage.page.wait_for_url("**values=0.5%2C0.75*position=60")
    stage.press("linear")
    stage.page.wait_for_url("**view=loss.linear**")
    stage.page.reload()
    stage.ready()
    stage.at(60)
    assert stage.page.evaluate("document.querySelector('[data-figure=loss]').layout.yaxis.type") == "linear"
    stage.page.get_by_role("link", name="lr 0.75").click()
    stage.page.wait_for_url("**/?lr=0.75&epochs=100*")
    stage.ready()
    stage.at(60)
    assert stage.page.get_by_label("Exact learning rate").input_value() == "0.75"
    stage.page.go_back()
    stage.page.wait_for_url("**/compare?*values=0.5%2C0.75*")
    stage.page.locator(ROWS).nth(1).get_by_text("0.75", exact=True).wait_for()
    # The same link once more: the session has had its experiment before.
    stage.page.get_by_role("link", name="lr 0.75").click()
    stage.page.wait_for_function("() => location.search.includes('lr=0.75')")
    stage.ready()
    stage.page.get_by_label("Exact learning rate").wait_for()
    assert stage.page.get_by_label("Exact learning rate").input_value() == "0.75"


def test_what_stands_above_the_charts_is_there_before_they_are_drawn(stage: Stage) -> None:
    """A chart drawn at another size is drawn again, which takes twelve matrices as long as the first time."""
    stage.page.add_init_script("""Object.defineProperty(window, "Plotly", { set(plotly) {
        window.updates = 0;
        const update = (...given) => { window.updates += 1; return plotly.update(...given); };
        Object.defineProperty(window, "Plotly", { value: { ...plotly, update } });
    }, configurable: true })""")
    stage.open("compare?vary=seed")
    box = stage.page.locator('[data-figure="weights"] .main-svg').first
    assert box.bounding_box()["height"] == stage.page.locator(".stage-chart").last.bounding_box()["height"]
    assert stage.page.evaluate("window.updates") == 0
