"""The connection is cut, or the server starts again: experiment, edit and position are there, and playing goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Stage, watched_page
from tests.browser.proxy import Proxy, proxy
from tests.server import App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "?epochs=1000000&seed=7"
DEFAULT = "?epochs=3000"
# `CUT_S=5,20,150 pytest tests/browser/test_connection.py` cuts for as long as a lid is closed.
CUTS = [int(seconds) for seconds in os.environ.get("CUT_S", "5").split(",")]


class Line:
    """A page that reaches its server through a wire."""

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


LOSSES = [*map(str, CUTS), "restart"]


@pytest.mark.parametrize("how", LOSSES)
def test_a_long_run_plays_on(line: Line, how: str) -> None:
    stage = line.stage.open(LONG)
    stage.press("Train")
    stage.wait("d.position > 100000")
    before = stage.position
    line.lose(how)
    line.connected()
    assert stage.position >= before
    stage.wait("d.position > a && d.playing === 'true'", stage.position + 300_000)


@pytest.mark.parametrize("how", LOSSES)
def test_an_edit_afterwards_counts_at_the_same_position(line: Line, how: str) -> None:
    stage = line.stage.open(DEFAULT)
    stage.press("Play")
    stage.wait("d.position > 250")
    stage.press("Pause")
    stage.wait("d.playing === 'false'")
    stage.page.wait_for_function("() => location.search.includes('position=')")
    before, run = stage.position, stage.data("run")
    line.lose(how)
    line.connected()
    assert (stage.position, stage.data("run")) == (before, run)
    stage.page.get_by_label("Seed", exact=True).fill("123")
    stage.page.get_by_label("Seed", exact=True).press("Enter")
    stage.page.wait_for_function("() => location.search.includes('seed=123')")
    stage.wait("d.run !== a && d.ready === 'true'", run)
    stage.at(before)
    assert stage.page.get_by_label("Seed", exact=True).input_value() == "123"
    assert stage.page.get_by_label("Epochs", exact=True).input_value() == "3000"


@pytest.mark.parametrize("how", LOSSES)
def test_an_edit_meanwhile_counts(line: Line, how: str) -> None:
    """Typed while nobody listens, and left: a field and a cell."""
    stage = line.stage.open(f"{DEFAULT}&position=284")
    stage.at(284)
    seed = stage.page.get_by_label("Seed", exact=True)
    cell = stage.page.locator('[data-row="0"][data-column="0"]')
    # A session of some history: its widgets were mounted more than once.
    stage.page.get_by_role("button", name="New seed").click()
    stage.page.wait_for_function("() => location.search.includes('seed=')")
    line.wire.cut()
    seed.fill("123")
    seed.press("Tab")
    cell.click()
    stage.page.keyboard.type("7")
    stage.page.keyboard.press("Enter")
    line.lose(how)
    line.connected()
    stage.page.wait_for_function("() => location.search.includes('seed=123') && location.search.includes('inputs=7')")
    assert seed.input_value() == "123"
    assert cell.inner_text() == "7"
    stage.at(284)
