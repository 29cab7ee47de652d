"""What a lesson does, from the first look to the link that is handed round, in Chromium, Firefox and WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from classifier import Experiment, Run, logit_plane
from pages.shared.address.reading import from_params
from tests.core_numbers import charts_hold
from tests.engines.page import CONTROL, ENTER, HOME, Page
from tests.server import App, running_app

# Decimal commas and tabs, as a spreadsheet has them.
TABLE = "height\twidth\tripe\n1,5\t2\t1\n2,5\t3\t0\n0,5\t8\t1\n3\t1\t0"
RIPE = ((1.5, 2), (2.5, 3), (0.5, 8), (3, 1))


@pytest.fixture
def app() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


def experiment(page: Page) -> Experiment:
    """Give the experiment that the address tells."""
    query = urlsplit(page.run("() => location.href")).query
    return from_params(parse_qs(query, keep_blank_values=True)).experiment


def parameters(link: str) -> tuple[str, dict[str, list[str]]]:
    """Give where a link leads: in which order it says so does not matter."""
    parts = urlsplit(link)
    return parts.netloc + parts.path, parse_qs(parts.query, keep_blank_values=True)


def trained(page: Page) -> Run:
    run = Run(experiment(page))
    run.advance()
    return run


def ready(page: Page) -> None:
    page.until("() => stage().ready === 'true'")


def cell(row: int, column: int) -> str:
    return f"[role=grid] td[data-row='{row}'][data-column='{column}']"


def train_and_pause(page: Page) -> int:
    """Play for a moment, and give the position where it stands still."""
    page.click("button", "Train")
    page.until("() => stage().playing === 'true' && stage().position > 20")
    page.click("button", "Pause")
    return page.position()


def test_the_main_job(page: Page, app: App) -> None:
    page.open(app.url)
    ready(page)

    # A cell is clicked and typed over, and so is the learning rate; both count.
    page.until("() => all('[role=grid] td')[0]?.innerText === '1'")
    page.click(cell(0, 0))
    page.type("7", ENTER)
    page.address("inputs=")
    assert page.run("() => all('[role=grid] td')[0].innerText") == "7"
    page.replace("input", "Exact learning rate", "1/20")
    page.type(ENTER)
    page.address("lr=0.05")
    expected = Experiment.tutorial()
    rows = ((7, *expected.inputs[0][1:]), *expected.inputs[1:])
    assert experiment(page) == expected.replace(inputs=rows, learning_rate=0.05)

    # It plays, stands still, and is taken elsewhere by the slider.
    position = train_and_pause(page)
    run = trained(page)
    charts_hold(page.trace, run, position)
    slider = "input[type=range]", "Epochs trained"
    page.drag(page.place(*slider, 0.1), page.place(*slider, 0.6))
    page.until("() => Math.abs(stage().position - 1200) < 60")
    position = page.position()
    charts_hold(page.trace, run, position)

    # The decision, by the keyboard, is that of the core's weights there.
    page.until("() => all('select[aria-label=\"Chart shown here\"]').length === 1")
    page.run("() => all('select[aria-label=\"Chart shown here\"]')[0].focus()")
    page.type("d")
    page.address("chart=decision")
    page.until("() => document.querySelector('[data-figure=decision] .main-svg') !== null")
    across, up = (page.trace("decision", 0, axis) for axis in "xy")
    mean = np.mean(run.experiment.inputs, axis=0)
    plane = logit_plane(run.parameters_at(position), 0, (0, 1), across, up, mean)
    np.testing.assert_allclose(page.trace("decision", 0, "z"), plane, rtol=1e-5, atol=1e-5)
    page.type(HOME)
    page.until(
        "() => !location.search.includes('chart') && document.querySelector('[data-figure=layer_gradients]') !== null"
    )

    # Step by step, at the same place of the same run.
    page.click("a", "Step by step")
    page.says("1 · ")
    page.whole()
    page.click("button", "Next")
    page.says("2 · ")
    page.address("phase=2")
    page.address(f"position={position}")
    assert experiment(page) == run.experiment

    # The gradient check finds what is broken.
    page.click("a", "Gradient check")
    page.says("All 16 derivatives agree.")
    page.whole()
    page.click("[role=combobox]", "Break it")
    page.click("[role=option]", "Forget the bias")
    page.says("of 16 derivatives disagree.")
    page.says("W stays right; only the column of b is wrong.")
    page.address("break=forget_bias")

    # A table out of the clipboard becomes the samples.
    page.click("a", "Your data")
    page.says("Nothing is read yet.")
    page.whole()
    page.copy(TABLE)
    page.click("textarea", "Or paste a table, from a spreadsheet or a text")
    page.type("v", holding=CONTROL)
    page.click("button", "Read the text")
    page.says("4 rows, 3 columns; tab between the columns, decimal comma.")
    page.says("4 samples, 2 inputs, 1 output")
    page.whole()
    page.click("button", "Open in the playground")
    ready(page)
    page.address("input_name=height")
    assert experiment(page).inputs == RIPE
    position = train_and_pause(page)
    run = trained(page)
    charts_hold(page.trace, run, position)

    # The link leads to the same screen, and so does loading it again.
    page.click("button", "Share")
    page.says("Link to this screen")
    page.says(f"at position {position}")
    link = page.until("() => all('[data-testid=stCode]').map((code) => code.innerText.trim())[0]")
    assert parameters(page.run("() => location.href")) == parameters(link)
    assert page.faults() == []
    for again in (page.reload, lambda: page.open(link)):
        again()
        ready(page)
        page.until("(position) => Number(stage().position) === position", position)
        assert experiment(page) == run.experiment
        charts_hold(page.trace, run, position)
        assert page.faults() == []
