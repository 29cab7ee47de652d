"""A pinned run in a real browser: one press keeps its loss in sight, whatever comes next."""

from __future__ import annotations

import numpy as np

from classifier import Experiment, Run
from tests.browser.conftest import Stage

TUTORIAL = Experiment.tutorial()


def test_a_pinned_run_survives_edits_other_pages_and_a_reload_until_it_is_unpinned(stage: Stage) -> None:
    stage.open("?position=300")
    stage.press("Pin this run")
    stage.page.wait_for_url("**/?pin=tutorial&position=300")
    for label, text in (("Exact learning rate", "0.05"), ("Epochs", "700")):
        stage.page.get_by_label(label, exact=True).fill(text)
        stage.page.keyboard.press("Enter")
    stage.page.wait_for_url("**/?lr=0.05&epochs=700&pin=tutorial&position=300")
    stage.at(300)
    run = Run(TUTORIAL)
    run.advance()
    for view in ("log", "linear"):
        stage.press(view)
        assert stage.page.evaluate("document.querySelector('[data-figure=loss]').layout.yaxis.type") == view
        stage.page.wait_for_function("() => document.querySelector('[data-figure=loss]').data.length === 4")
        name = stage.trace("loss", 0, "hovertemplate")
        assert name.startswith("<b>pinned: lr 0.01, 2000 epochs</b>")
        shown = stage.page.evaluate("Array.from(document.querySelector('[data-figure=loss]').calcdata[0], p => p.y)")
        np.testing.assert_allclose(shown, run.history.running_loss[1:], rtol=1e-9)
        # The axis cuts nothing off the mark.
        dot = stage.page.locator("[data-figure=loss] .points path")
        assert dot.evaluate("e => e.closest('[clip-path]')") is None
    # The navigation keeps its style, and does not move, while another page is loaded.
    stage.page.evaluate(
        """() => {
            window.stood = new Set();
            (function look() {
                const link = document.querySelectorAll("[data-testid=stTopNavLink]")[1];
                window.stood.add(link.getBoundingClientRect().width);
                requestAnimationFrame(look);
            })();
        }"""
    )
    stage.page.get_by_role("link", name="Step by step").click()
    stage.page.wait_for_url("**/step_by_step?*pin=tutorial*")
    stage.page.get_by_role("link", name="Playground").click()
    stage.page.wait_for_url("**/?lr=0.05&epochs=700&pin=tutorial&position=300")
    stage.ready()
    assert stage.page.evaluate("() => window.stood.size") == 1
    stage.page.reload()
    stage.ready()
    stage.page.wait_for_function("() => document.querySelector('[data-figure=loss]').data.length === 4")
    stage.press("Unpin")
    stage.page.wait_for_function("() => document.querySelector('[data-figure=loss]').data.length === 3")
    stage.page.wait_for_url("**/?lr=0.05&epochs=700&position=300")
    assert stage.page.get_by_test_id("stage").get_by_role("button", name="Unpin").count() == 0
