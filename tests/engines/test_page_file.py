"""A page in one file plays from the disk in Chromium, Firefox and WebKit, with the core's numbers."""

from __future__ import annotations

from pathlib import Path

from classifier import Experiment, Run
from pages.playground.page_file import page as playground
from pages.shared.share.page_html.page_html import page_html
from tests.core_numbers import charts_hold
from tests.engines.page import Page

END, LEFT = "\ue010", "\ue012"


def test_a_page_in_one_file(page: Page, tmp_path: Path) -> None:
    experiment = Experiment.tutorial()
    run = Run(experiment)
    run.advance()
    file = tmp_path / "page.html"
    file.write_text(page_html(playground(experiment, 318)), "utf-8")
    page.open(file.as_uri())
    page.until("() => stage().ready === 'true' && stage().position === '318'")
    charts_hold(page.trace, run, 318)

    # By mouse.
    page.click("button", "Continue")
    page.until("() => stage().playing === 'true' && stage().position > 20")
    page.click("button", "Pause")
    page.until("() => stage().playing === 'false'")
    charts_hold(page.trace, run, int(page.run("() => stage().position")))

    # By keyboard: the player has it after a click.
    for key, position in ((END, 2000), (LEFT, 1999)):
        page.type(key)
        page.until("(position) => stage().position === String(position)", position)
        charts_hold(page.trace, run, position)

    # Another chart out of the file.
    page.run("() => all('select[aria-label=\"Chart shown here\"]')[0].focus()")
    page.type("d")
    page.until("() => document.querySelector('[data-figure=decision] .main-svg') !== null")
    assert page.run("() => stage().position") == "1999"
    assert page.faults() == []
