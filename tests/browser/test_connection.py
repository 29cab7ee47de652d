"""The connection is cut, or the server starts again: experiment, edit and position are there, and playing goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from pages.shared.address.reading import from_params
from tests.browser import samples
from tests.browser.conftest import Stage, open_page, watched_page
from tests.browser.leaving import EDITS, counted, query, soon
from tests.browser.proxy import Proxy, proxy
from tests.server import App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "?epochs=200000&seed=7"  # too long to be trained before the connection is cut
DEFAULT = "?epochs=3000"
# `CUT_S=5,20,150 pytest tests/browser/test_connection.py` adds cuts of so many seconds, as of a closed laptop.
CUTS = os.environ.get("CUT_S", "").split(",")


class Line:
    """A page that reaches its server through a connection that a test can cut."""

    def __init__(self, browser: Browser, stack: ExitStack) -> None:
        self.stack = stack
        app = stack.enter_context(running_app())
        self.wire: Proxy = stack.enter_context(proxy(urlsplit(app.url).port or 0))
        self.app = App(f"http://127.0.0.1:{self.wire.port}/", app.log, app.pid)
        page = watched_page(browser, self.app, [])
        stack.callback(page.close)
        self.stage = Stage(page, self.app)

    def restart(self) -> None:
        """Kill the server; another one that knows nothing takes its place."""
        os.kill(self.app.pid, signal.SIGKILL)
        self.wire.cut()
        app = self.stack.enter_context(running_app())
        self.wire.mend(urlsplit(app.url).port)

    def cut(self, seconds: int) -> None:
        self.wire.cut()
        self.stage.page.wait_for_timeout(1000 * seconds)
        self.wire.mend()

    def lose(self, how: str) -> None:
        if how == "restart":
            self.restart()
        else:
            self.cut(int(how))

    def connected(self) -> None:
        """Wait until the server answers again: another page's link would work."""
        self.stage.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'"
        )
        self.stage.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
        )


@pytest.fixture
def line(browser: Browser) -> Iterator[Line]:
    with ExitStack() as stack:
        yield Line(browser, stack)


LOSSES = [*filter(None, CUTS), "restart"]


@pytest.mark.parametrize("how", LOSSES)
def test_a_long_run_plays_on(line: Line, how: str) -> None:
    stage = line.stage.open(LONG)
    stage.press("Train")
    stage.wait("d.position > 20000")
    before = stage.position
    line.lose(how)
    line.connected()
    stage.ready()
    stage.wait("d.position >= a", before)
    stage.wait("d.position > a && d.playing === 'true'", stage.position + 60_000)


@pytest.mark.parametrize("how", LOSSES)
def test_an_edit_afterwards_counts_at_the_same_position(line: Line, how: str) -> None:
    stage = line.stage.open(DEFAULT)
    stage.press("Train")
    stage.wait("d.position > 250")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    stage.page.wait_for_function("() => location.search.includes('position=')")
    before, run = stage.position, stage.data("run")
    line.lose(how)
    line.connected()
    stage.ready()
    stage.at(before)
    assert stage.data("run") == run
    stage.page.get_by_label("Seed", exact=True).fill("123")
    stage.page.get_by_label("Seed", exact=True).press("Enter")
    stage.page.wait_for_function("() => location.search.includes('seed=123')")
    stage.wait("d.run !== a && d.ready === 'true'", run)
    stage.at(before)
    assert stage.page.get_by_label("Seed", exact=True).input_value() == "123"
    assert stage.page.get_by_label("Epochs", exact=True).input_value() == "3000"


def test_a_crash_is_said_in_a_line_of_ours(line: Line) -> None:
    page = line.stage.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(
        """window.boxes = [];
        new MutationObserver(() => {
            const box = document.querySelector("[data-testid=stDialog]");
            if (box) window.boxes.push(box.getBoundingClientRect().height);
        }).observe(document, { childList: true, subtree: true });"""
    )
    stage = line.stage.open()
    line.wire.cut()
    said = page.get_by_text("The connection to the server is lost. It is being made again. What you see stays.")
    said.wait_for()
    page.wait_for_function("() => window.boxes.length > 0")
    assert set(page.evaluate("() => window.boxes")) == {0}, "Streamlit's box was seen"
    page.wait_for_selector('[data-testid="stDialog"]', state="detached")
    stage.key("ArrowRight")
    stage.at(1)
    line.wire.mend()
    said.wait_for(state="hidden")


@pytest.mark.parametrize("edit", ["learning rate", "epochs", "seed", "cell", "heading"])
def test_what_is_typed_while_the_line_is_cut_counts_when_it_is_back(line: Line, edit: str) -> None:
    page = line.stage.open().page
    EDITS[edit].act(page)  # typed, and the field still has the focus
    line.wire.cut()
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    page.keyboard.press("Tab")
    line.wire.mend()
    assert soon(page, lambda: counted(page, EDITS[edit]))
    # Streamlit locks its own fields meanwhile; the table and the player go on.
    line.connected()
    line.wire.cut()
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    samples.type_into(page, 2, "x₂", "33")
    line.stage.press("Pin this run")
    line.wire.mend()
    assert soon(page, lambda: "pin=" in page.url and from_params(query(page)).experiment.inputs[1][1] == 33)
    assert counted(page, EDITS[edit])


@pytest.mark.parametrize("edit", ["seed", "values", "loss to reach", "epoch of the step"])
def test_what_is_typed_when_the_server_is_killed_counts_at_the_next_one(line: Line, edit: str) -> None:
    page = line.stage.page
    open_page(page, line.app, EDITS[edit].page + DEFAULT)
    EDITS[edit].act(page)
    line.restart()
    assert soon(page, lambda: counted(page, EDITS[edit]) and "epochs=3000" in page.url)
    if edit == "epoch of the step":
        page.get_by_text("Epoch 77 of 3000", exact=True).wait_for()
