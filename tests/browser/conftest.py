"""A fresh app and a fresh page for every test, and a page that must stay free of errors."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pages.hosting import missing
from tests.browser.samples import Panel
from tests.server import CHROMIUM, CHROMIUM_FLAGS, App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# On two shared cores, what takes a laptop one second may take twenty.
TIMEOUT_MS = 60_000
# A page that is opened by its own address first asks for these files below it, and is answered 404.
_ASKED_FIRST = re.compile(r"/\w+/_stcore/(health|host-config)$")
# The address of every page, in the state in which it shows the most. A new page is found without being named here.
_STATES = {"playground": "", "step_by_step": "step_by_step?phase=8"}
_ROOMS = sorted(missing.PAGES | {missing.FIRST_PAGE})
PAGES = [_STATES.get(room, room) for room in _ROOMS]
_windows: dict[tuple[int, str], BrowserContext] = {}


def _missing() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ModuleNotFoundError:
        return "playwright is not installed: pip install -r tests/requirements.txt"
    return None if CHROMIUM.exists() else f"no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the browser tests where there is no browser, unless the checks insist on it."""
    reason = _missing()
    mine = [item for item in items if "tests/browser/" in item.path.as_posix()]
    if reason and mine and os.environ.get("BROWSER_TESTS") == "required":
        raise pytest.UsageError(reason)
    if reason:
        for item in mine:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def app() -> Iterator[App]:
    with running_app() as app:
        yield app
        # The server may print its address and nothing else.
        said = [line for line in app.said().splitlines() if line.strip()]
        assert [line for line in said if "You can now view" not in line and "URL: " not in line] == []


@dataclass
class Stage:
    """What a test does with a page that holds the stage."""

    page: Page
    app: App
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Stage:
        self.page.goto(self.app.url + path)
        return self.ready()

    def ready(self) -> Stage:
        self.page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
        return self

    def data(self, name: str) -> str:
        value = self.page.get_attribute('[data-testid="stage"]', f"data-{name}")
        assert value is not None, f"the stage has no data-{name}"
        return value

    @property
    def position(self) -> int:
        return int(self.data("position"))

    def wait(self, condition: str, argument: object = None) -> None:
        """Wait until a JavaScript condition on the stage's dataset `d` holds (argument: `a`)."""
        stage = "const d = document.querySelector('[data-testid=stage]')?.dataset"
        try:
            self.page.wait_for_function(f"a => {{ {stage}; return d && ({condition}); }}", arg=argument)
        except Exception as error:
            there = self.page.evaluate(f"() => {{ {stage}; return {{ url: location.href, ...d }}; }}")
            error.add_note(f"{condition}, a = {argument}; there is {there}")
            raise

    def at(self, position: int) -> None:
        self.wait("Number(d.position) === a && d.playing === 'false'", position)

    def press(self, label: str) -> None:
        self.page.get_by_test_id("stage").get_by_role("button", name=label, exact=True).click()

    def play(self) -> None:
        """Press the button that plays, whatever it says: it says where the player stands."""
        self.wait("d.playing === 'false'")
        self.page.locator(".stage-train").click()

    def key(self, key: str) -> None:
        self.page.get_by_test_id("stage").focus()
        self.page.keyboard.press(key)

    def trace(self, figure: str, trace: int, attribute: str) -> Any:  # noqa: ANN401 - whatever Plotly holds
        """Read what a chart holds, as nested lists."""
        return self.page.evaluate(
            """([figure, trace, attribute]) => {
                const plain = v => v && typeof v === "object" && "length" in v ? Array.from(v, plain) : v;
                return plain(document.querySelector(`[data-figure="${figure}"]`).data[trace][attribute]);
            }""",
            [figure, trace, attribute],
        )


def watched_page(browser: Browser, app: App, faults: list[str], **options: Any) -> Page:  # noqa: ANN401 - Playwright's
    """Open a page and note everything that goes wrong in it. Close it when done.

    Pages of equal options share one browser context, which saves a second and a half of processor time each. They share
    no data, because every server has its own address. The context's first page stays blank and keeps it open.
    """
    options = {"viewport": {"width": 1280, "height": 720}} | options
    window = (id(browser), repr(sorted(options.items())))
    if window not in _windows:
        _windows[window] = browser.new_context(**options)
        _windows[window].set_default_timeout(TIMEOUT_MS)
        _windows[window].new_page()
    page = _windows[window].new_page()
    own = re.compile(re.escape(app.url.split("/", 3)[2]))
    note_faults(page, faults)
    page.on(
        "request",
        lambda request: (
            own.search(request.url)
            or request.url.startswith(("data:", "blob:"))
            or faults.append(f"elsewhere: {request.url}")
        ),
    )
    return page


def note_faults(page: Page, faults: list[str]) -> None:
    """Note the errors and warnings of a page's console, and the exceptions that nothing catches."""

    def note(message: ConsoleMessage) -> None:
        expected = "status of 404" in message.text and _ASKED_FIRST.search(message.location["url"])
        late = "was preloaded using link preload but not used" in message.text  # the machine is slow
        if message.type in ("error", "warning") and not expected and not late:
            faults.append(f"console: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda fault: faults.append(f"exception: {fault}"))


def open_page(page: Page, app: App, path: str) -> None:
    """Open a page and wait until all of it stands there."""
    page.goto(app.url + path)
    whole(page)


def whole(page: Page) -> None:
    """Wait until all of a page stands there: the corner is drawn last on every page, with a script."""
    page.locator(".st-key-share_corner button:visible").first.wait_for()
    page.locator(".class-open").wait_for(state="attached")
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget], [data-testid$=Skeleton]')")
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-testid=stage]")].every(stage => stage.dataset.ready === "true")
            && [...document.querySelectorAll(".still")].every(charts => charts.querySelector(".main-svg"))"""
    )


def swipe(page: Page, x: float, y: float, across: float, down: float) -> None:
    """Move a finger over the page. Playwright itself has taps only."""
    session = page.context.new_cdp_session(page)
    points = [(x + across * part / 8, y + down * part / 8) for part in range(9)]
    for i, (left, top) in enumerate(points):
        touch = {"type": "touchMove" if i else "touchStart", "touchPoints": [{"x": left, "y": top}]}
        session.send("Input.dispatchTouchEvent", touch)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


@contextmanager
def visited(browser: Browser, app: App, path: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - Playwright's
    """Open a page, wait until all of it is drawn, and assert at the end that nothing went wrong in it."""
    faults: list[str] = []
    page = watched_page(browser, app, faults, **options)
    open_page(page, app, path)
    yield page
    page.close()
    assert faults == []


@pytest.fixture
def stage(browser: Browser, app: App) -> Iterator[Stage]:
    faults: list[str] = []
    page = watched_page(browser, app, faults)
    yield Stage(page, app, faults)
    page.close()
    assert faults == []


@pytest.fixture(scope="module")
def panel_app() -> Iterator[App]:
    """Serve the controls alone, which start sooner than the playground."""
    with running_app("tests/browser/panel_app.py") as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture
def panel(browser: Browser, panel_app: App) -> Iterator[Panel]:
    faults: list[str] = []
    page = watched_page(browser, panel_app, faults)
    yield Panel(page, panel_app.url)
    page.close()
    assert faults == []
