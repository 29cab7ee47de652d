"""The playground without a server, under a path of a plain web server: it plays at once, and trains by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest

from classifier import Experiment, Run
from pages.shared.address.writing import named_experiments, to_params
from tests.browser.axe import AXE, violations
from tests.browser.conftest import Stage, watched_page
from tests.browser.samples import Panel, soon, type_into
from tests.core_numbers import charts_hold
from tests.server import App
from tests.static_site import PYODIDE, Served, served_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

TUTORIAL = Experiment.tutorial()
PHONE = {"width": 390, "height": 844}
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
HOSTILE = ("<img src=x onerror=a()>", "=1+1", "javascript:alert(1)", "</script>")

if not PYODIDE and os.environ.get("BROWSER_TESTS") == "required":
    raise pytest.UsageError("PYODIDE names no folder; see .ci/browsers")
pytestmark = pytest.mark.skipif(not PYODIDE, reason="PYODIDE names no folder with Pyodide's files; see .ci/browsers")


class Playground(Stage):
    """The page. Its policy lets no test evaluate a text in it, so conditions are looked at from outside."""

    site: Served

    def wait(self, condition: str, argument: object = None) -> None:
        script = f"a => {{ const d = document.querySelector('[data-testid=stage]').dataset; return {condition}; }}"
        assert soon(lambda: bool(self.page.evaluate(script, argument)), 60), condition

    def engine(self, state: str) -> None:
        self.page.locator(f'[data-testid="engine"][data-state="{state}"]').wait_for()

    def edit(self, field: str, text: str) -> None:
        self.page.get_by_label(field, exact=True).fill(text)
        self.page.keyboard.press("Enter")

    def address(self, query: str) -> None:
        """Wait for an address: Python has answered."""

        def without_position() -> str:
            parts = str(self.page.evaluate("() => location.search.slice(1)")).split("&")
            return "&".join(part for part in parts if not part.startswith("position="))

        assert soon(lambda: without_position() == query, 60), without_position()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def playground(browser: Browser, site: Served) -> Iterator[Playground]:
    app = App(site.url, site.folder, 0)
    opened = Playground(None, app)  # type: ignore[arg-type]
    opened.page, opened.site = watched_page(browser, app, opened.faults), site
    site.asked.clear()
    yield opened
    opened.page.close()
    assert opened.faults == []


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def test_it_plays_at_once_and_an_edit_is_trained_by_the_browser(playground: Playground) -> None:
    playground.open("?position=318")
    playground.at(318)
    charts_hold(playground.trace, trained(TUTORIAL), 318)
    playground.engine("idle")
    page, asked = playground.page, playground.site.asked
    page.get_by_label("Example").select_option("gates")
    playground.wait("d.total === a && Number(d.position) === 0", str(named_experiments()["gates"].epochs))
    playground.address("example=gates")
    page.go_back()
    playground.at(318)
    assert not [path for path in asked if "pyodide" in path or "zip" in path], "an example is held by the site"

    playground.edit("Exact learning rate", "many")
    playground.engine("loading")
    playground.edit("Epochs", "500")
    assert page.get_by_label("Epochs", exact=True).input_value() == "500"
    playground.engine("ready")
    page.get_by_text('"many" is not a number.').wait_for()
    assert page.get_by_label("Exact learning rate").get_attribute("aria-invalid") == "true"
    playground.edit("Exact learning rate", "0,1")
    playground.address("lr=0.1&epochs=500")
    page.get_by_text("Advanced").click()
    page.get_by_label("float64").check()
    playground.address("lr=0.1&epochs=500&dtype=float64")
    playground.at(318)
    run = trained(TUTORIAL.replace(learning_rate=0.1, epochs=500, dtype="float64"))
    np.testing.assert_allclose(playground.trace("weights", 0, "z"), run.history.parameters[0][318], rtol=1e-6)
    np.testing.assert_allclose(playground.trace("loss", 1, "y"), run.history.running_loss[1:319], rtol=1e-6)
    page.get_by_role("button", name="Add a hidden layer").click()
    playground.address("lr=0.1&epochs=500&dtype=float64&hidden=4")
    page.get_by_role("button", name="Remove a unit from h").click()
    playground.address("lr=0.1&epochs=500&dtype=float64&hidden=3")
    page.go_back()
    playground.address("lr=0.1&epochs=500&dtype=float64&hidden=4")
    page.get_by_text("From here on", exact=True).click()
    page.get_by_label("Learning rate from here on").fill("0.5")
    page.keyboard.press("Enter")
    playground.address("lr=0.1%2C0.5%40318&epochs=500&dtype=float64&hidden=4")
    assert page.locator(".page-live").get_attribute("href") == f"https://example.org/app/?{urlsplit(page.url).query}"


def test_an_example_begins_at_0_though_the_run_before_comes_to_rest_meanwhile(playground: Playground) -> None:
    routes: list[Route] = []
    playground.page.route("**/gates.html", lambda route: routes.append(route))  # it comes late
    playground.open()
    playground.page.get_by_label("Example").select_option("gates")
    playground.press("Step forward")
    search = "() => location.search"
    assert soon(lambda: playground.page.evaluate(search) == "?example=gates&position=1" and bool(routes), 60)
    routes[0].continue_()
    playground.wait("d.total === a && Number(d.position) === 0", str(named_experiments()["gates"].epochs))
    assert soon(lambda: playground.page.evaluate(search) == "?example=gates", 60)


def test_an_example_whose_file_does_not_come_is_trained_by_the_browser(playground: Playground) -> None:
    playground.page.route("**/gates.html", lambda route: route.fulfill(status=404))
    playground.open()
    playground.page.get_by_label("Example").select_option("gates")
    playground.engine("ready")
    playground.wait("d.total === a", str(named_experiments()["gates"].epochs))
    playground.faults[:] = [fault for fault in playground.faults if "404" not in fault]


def test_from_a_disk_it_says_why_nothing_works(browser: Browser, site: Served) -> None:
    page = browser.new_page()
    page.goto((site.folder / "index.html").as_uri())
    page.get_by_text("From a disk this page does nothing").wait_for()
    page.close()


def test_a_link_of_the_app_opens_and_hostile_names_stay_text(playground: Playground) -> None:
    query = urlencode({"epochs": 20, "label_name": HOSTILE, "chart": "decision"}, doseq=True)
    playground.open(f"?{query}&position=5")
    playground.at(5)
    page = playground.page
    for name in HOSTILE:
        assert page.get_by_role("columnheader", name=name, exact=True).inner_text() == name
    type_into(page, 1, "x₁", HOSTILE[0])
    assert soon(lambda: "is not a number" in page.locator("[data-problems=table]").inner_text())
    assert page.evaluate("() => document.images.length") == 0


def test_a_long_run_is_trained_as_it_is_asked_for_and_a_newer_edit_ends_it(playground: Playground) -> None:
    playground.open("?example=iris&epochs=6000")
    playground.wait("d.total === '6000'")
    playground.page.locator("[data-busy]").wait_for()
    playground.edit("Epochs", "30")
    playground.wait("d.total === '30'")
    playground.key("End")
    playground.at(30)
    assert playground.page.locator("[data-busy]").count() == 0
    page = playground.page
    with page.context.expect_page() as other:
        page.evaluate("() => void window.open(location.href.split('?')[0])")
    other.value.locator('[data-testid="stage"][data-total="2000"][data-ready="true"]').wait_for()
    other.value.close()
    playground.at(30)


def test_two_hundred_samples(playground: Playground) -> None:
    panel = Panel(playground.open().page)
    panel.cell(1, "x₁").click()
    rows = "\n".join(
        "\t".join(str(row % (7 + column)) if column < 3 else "0" for column in range(7)) for row in range(200)
    )
    playground.page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const { activeElement } = document.querySelector(".panel-table").shadowRoot;
            const paste = { clipboardData: data, bubbles: true, cancelable: true };
            activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        rows,
    )
    assert panel.until(lambda experiment: experiment.samples == 200, 60).inputs[199] == (199 % 7, 199 % 8, 199 % 9)
    playground.page.get_by_text("1–10 of 200").wait_for()
    playground.press("Later rows")
    playground.page.get_by_text("11–20 of 200").wait_for()


def test_without_python_it_says_so_and_plays_on_and_the_edit_is_not_lost(playground: Playground) -> None:
    page = playground.page
    page.route("**/pyodide/numpy*", lambda route: route.fulfill(status=404))
    playground.open()
    playground.edit("Seed", "7")
    playground.engine("failed")
    status = page.get_by_test_id("engine").get_by_role("status")
    assert "numpy" in status.inner_text()
    assert "The page plays on; your edit is kept." in status.inner_text()
    assert page.get_by_label("Seed", exact=True).input_value() == "7"
    playground.key("End")
    playground.at(2000)
    page.unroute("**/pyodide/numpy*")
    page.get_by_role("button", name="Try again").click()
    playground.address("seed=7")
    playground.at(2000)
    # A link that only Python could open: the tutorial plays.
    page.route("**/pyodide/numpy*", lambda route: route.fulfill(status=404))
    playground.open("?seed=9&position=30")
    playground.engine("failed")
    playground.at(30)
    charts_hold(playground.trace, trained(TUTORIAL), 30)
    playground.faults[:] = [fault for fault in playground.faults if "404" not in fault]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_is_accessible(browser: Browser, site: Served, scheme: str) -> None:
    faults: list[str] = []
    app = App(site.url, site.folder, 0)
    page = watched_page(browser, app, faults, viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    Stage(page, app, faults).open()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Samples and settings").click()
    page.get_by_text("Advanced").click()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    if AXE.exists():
        assert violations(page) == []
    page.close()
    assert faults == []


def test_every_example_shows_the_apps_numbers(playground: Playground) -> None:
    """In float64, where two machines' NumPy differ in the last digits only; in float32 some runs magnify those."""
    playground.open("?epochs=1")
    playground.engine("ready")
    for name, example in reversed(named_experiments().items()):
        playground.page.get_by_label("Example").select_option(name)
        playground.address(urlencode(to_params(example), doseq=True))
        playground.page.get_by_text("Advanced").click()
        playground.page.get_by_label("float64").check()
        playground.page.get_by_text("Advanced").click()
        playground.wait(
            "d.total === a && document.querySelector('[data-field=example]').value === ''", str(example.epochs)
        )
        playground.key("End")
        playground.wait("d.position === d.total && d.playing === 'false'")
        run = trained(example.replace(dtype="float64"))
        shown = playground.page.locator(".stage-readouts dd").nth(1).inner_text()
        assert float(shown.replace(" · 10", "e").translate(SUPERSCRIPTS)) == float(
            f"{run.history.running_loss[-1]:.6g}"
        ), name


def test_edits_leave_nothing_behind(playground: Playground) -> None:
    page = playground.page
    playground.open()
    devtools = page.context.new_cdp_session(page)

    def edited(seeds: range) -> float:
        """Make so many edits, and give the megabytes that the page needs then: its objects and what charts hold."""
        for seed in seeds:
            run = playground.data("run")
            playground.edit("Seed", str(seed))
            playground.wait("d.run !== a", run)
        devtools.send("HeapProfiler.collectGarbage")
        used = devtools.send("Runtime.getHeapUsage")
        return sum(used[name] for name in ("usedSize", "embedderHeapUsedSize", "backingStorageSize")) / 1e6

    # A run of the tutorial is 0.75 MB.
    first, later = edited(range(100, 105)), edited(range(105, 120))
    assert later < first + 4
