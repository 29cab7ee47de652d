"""The headers in a real browser: nothing that a page does is refused, and a page of another site can show every one."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import PAGES, open_page, watched_page
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Every download of the first page.
FILES = ("Page (HTML)", "Experiment", "History", "NumPy script", "PyTorch script", "Notebook", "Notebook, solved")
CHART_FILES = ("Download the chart as PNG", "Download the chart as SVG")


def refusals(page: Page) -> list[str]:
    """Note whatever the policy refuses in the documents that this page opens from now on."""
    found: list[str] = []
    page.expose_function("refused", lambda refusal: found.append(refusal))
    page.add_init_script(
        """document.addEventListener("securitypolicyviolation", (event) =>
            window.refused(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
    )
    return found


def use_share(page: Page, files: tuple[str, ...]) -> None:
    """Take everything away that Share gives."""
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text("Link to this screen").wait_for()
    assert page.get_by_role("img", name="QR code of the link").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("Chart", exact=True).locator("option").first.wait_for(state="attached")
    for label in files:
        with page.expect_download():
            page.get_by_role("button", name=label, exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_text("Link to this screen").wait_for(state="hidden")


@contextmanager
def course(frame: str) -> Iterator[str]:
    """Serve a page of another site that shows an address in a frame; give where it is."""

    class Course(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = f'<!DOCTYPE html><title>Course</title><iframe src="{frame}" style="width:96vw;height:94vh"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Course) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        # "localhost" is another site than the app's 127.0.0.1.
        try:
            yield f"http://localhost:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def embedded(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}embed=true"


def test_nothing_is_refused_in_a_page_or_in_a_frame_of_another_site(browser: Browser, app: App, tmp_path: Path) -> None:
    # Here every page is in a frame. By itself each is covered by its own tests, where a refusal is an error.
    faults: list[str] = []
    page = watched_page(browser, app, faults)
    refused = refusals(page)
    for path in PAGES:
        with course(app.url + embedded(path)) as address:
            page.goto(address)
            page.frame_locator("iframe").get_by_role("button", name="Share", exact=True).wait_for()
            frame = page.frames[1]
            frame.wait_for_function(
                """() => !document.querySelector("[data-testid$=Skeleton], [data-testid=stMainMenu]")
                    && [...document.querySelectorAll("[data-testid=stage]")].every(e => e.dataset.ready === "true")
                    && document.documentElement.scrollWidth <= document.documentElement.clientWidth"""
            )
            if path == "":
                frame.get_by_role("button", name="Train", exact=True).click()
                frame.wait_for_function("() => Number(document.querySelector('[data-testid=stage]').dataset.position)")

    open_page(page, app, "")
    use_share(page, FILES + CHART_FILES)
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.get_by_test_id("stMainMenuList").get_by_text("About", exact=True).click()
    page.get_by_role("dialog").wait_for()
    open_page(page, app, "gradient_check")
    use_share(page, CHART_FILES)
    open_page(page, app, "your_data")
    table = tmp_path / "table.csv"
    table.write_text("a;b;c\n1,5;2;1\n2;3;0\n", "utf-8")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_text("2 samples, 2 inputs, 1 output").wait_for()
    assert refused == []
    assert [fault for fault in faults if "elsewhere: http://localhost:" not in fault] == []
    # Check the listener itself: it notes a request that the policy refuses.
    page.evaluate("fetch('https://example.org/').catch(() => {})")
    page.wait_for_function("() => true")
    page.close()
    assert refused == ["/your_data: connect-src https://example.org/ "]
