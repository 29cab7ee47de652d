"""A page in one file, opened from the disk: it plays by itself, and asks nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classifier import Experiment, Run
from pages.__main__ import main
from pages.compare.members import read_members
from pages.compare.page_file import page as compare
from pages.playground.page_file import page as playground
from pages.shared.address.writing import named_experiments
from pages.shared.share.page_html.page_html import Page as File
from pages.shared.share.page_html.page_html import page_html
from tests.browser.axe import AXE, violations
from tests.browser.conftest import TIMEOUT_MS, Stage, note_faults
from tests.browser.test_share import download, open_share
from tests.core_numbers import charts_hold
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TUTORIAL = Experiment.tutorial()
NAMES = ("</script><script>x", "<!--<script>", '"><img src=x>', "&lt;#a8005c")


class Opened(Stage):
    """A file in a window of its own."""

    asked: list[str]

    def open_file(self, path: Path, query: str = "") -> Opened:
        """Open a file, which is all that may be asked for."""
        self.asked.clear()
        self.page.goto(path.as_uri() + query)
        self.ready()
        return self


@pytest.fixture
def file(browser: Browser) -> Iterator[Opened]:
    """Give a window without a server."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, color_scheme="light")
    page.set_default_timeout(TIMEOUT_MS)
    opened = Opened(page, App("", Path(), 0))
    opened.asked = []
    note_faults(page, opened.faults)
    page.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    page.close()
    assert opened.faults == []


def written(folder: Path, page: File) -> Path:
    path = folder / "page.html"
    path.write_text(page_html(page), "utf-8")
    return path


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


def test_it_plays_by_itself_and_names_stay_text(file: Opened, tmp_path: Path) -> None:
    experiment = TUTORIAL.replace(label_names=NAMES, input_names=("NaN", "a<b>", "__proto__"))
    path, run = written(tmp_path, playground(experiment, 318, "https://example.org/?x=1+2")), trained(experiment)
    file.open_file(path)
    file.at(318)
    charts_hold(file.trace, run, 318)
    # The player works by mouse and by keyboard.
    file.press("Continue")
    file.wait("d.playing === 'true' && Number(d.position) > 20")
    file.press("Pause")
    file.wait("d.playing === 'false'")
    charts_hold(file.trace, run, file.position)
    for key, position in (("End", 2000), ("ArrowLeft", 1999), ("Home", 0), ("ArrowRight", 1)):
        file.key(key)
        file.at(position)
        if position:
            charts_hold(file.trace, run, position)
    # The values of a chart can be read by keyboard, as in the app.
    file.page.locator("[data-figure=weights]").focus()
    file.page.keyboard.press("Enter")
    caption = file.page.locator(".chart-values")
    caption.filter(has_text="value").wait_for()
    # The link holds the position, even in a frame that may not change its address.
    file.page.evaluate("() => { history.replaceState = () => { throw new DOMException('', 'SecurityError'); } }")
    link = file.page.get_by_role("link", name="Open in Backprop by Hand")
    file.key("End")
    file.page.wait_for_function("() => document.querySelector('.page-live').search === '?x=1+2&position=2000'")
    assert link.is_visible()
    file.page.get_by_text("5 samples, 3 inputs, 4 outputs").click()
    heads = file.page.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Sample", *experiment.input_names, *(f"label {name}" for name in NAMES)]
    assert file.page.get_by_role("cell").first.inner_text() == "1"
    assert file.page.evaluate("[document.scripts.length, document.images.length]") == [3, 0]
    assert [url for url in file.asked if not url.startswith("data:")] == [path.as_uri()]


PHONE = {"width": 360, "height": 740}
PROJECTOR = {"width": 1280, "height": 720}
TEXT = {"light": "#1d2433", "dark": "#e7eaf0"}


def fits(file: Opened) -> None:
    """Hold the page against its window, and against axe-core."""
    assert file.page.evaluate("document.documentElement.scrollWidth === innerWidth")
    if AXE.exists():
        assert violations(file.page) == []


def test_it_fits_a_phone_and_a_projector_in_both_themes(file: Opened, tmp_path: Path) -> None:
    members = read_members("lr", "0.01, 1", TUTORIAL)
    pages = playground(TUTORIAL, 318, "https://example.org/"), compare("lr", TUTORIAL, members, 2.0, 318)
    for page, schemes in zip(pages, (("light", "dark"), ("dark", "light")), strict=True):
        file.open_file(written(tmp_path, page))
        for scheme, size in zip(schemes, (PROJECTOR, PHONE), strict=True):
            file.page.set_viewport_size(size)
            file.page.emulate_media(color_scheme=scheme)
            file.page.wait_for_function(
                'colour => document.querySelector("[data-figure=loss]").layout.font.color === colour', arg=TEXT[scheme]
            )
            fits(file)
        file.at(318)


def test_other_charts_and_other_rows_come_out_of_the_file(file: Opened, tmp_path: Path) -> None:
    iris = named_experiments()["iris"]
    run = trained(iris)
    file.open_file(written(tmp_path, playground(iris, 0)), "?position=50&view=loss.log")
    file.at(50)
    assert file.page.evaluate("document.querySelector('[data-figure=loss]').layout.yaxis.type") == "log"
    for first in (10, 20):
        file.press("Later rows")
        file.page.get_by_text(f"{first + 1}–{first + 10} of 150").wait_for()
        file.at(50)
        assert file.trace("predictions", 0, "z") == run.history.yhat[50][first : first + 10].tolist()
    file.page.get_by_label("Chart shown here").select_option("landscape")
    file.page.locator("[data-figure=landscape] .main-svg").first.wait_for(state="attached")
    path = run.history.parameters[0]
    assert file.trace("landscape", 2, "y") == path[:51, 0, 1].tolist()
    # The rows stay, and the new chart takes the place of the old one.
    assert file.page.evaluate("[...document.querySelectorAll('[data-figure]')].map(chart => chart.dataset.figure)") == [
        *("network", "predictions", "loss", "weights", "gradients", "landscape")
    ]
    assert file.trace("predictions", 0, "z") == run.history.yhat[50][20:30].tolist()
    file.at(50)


def test_a_site_leads_from_its_index_to_a_run_and_back(file: Opened, tmp_path: Path) -> None:
    main(["--all", str(tmp_path)])
    file.page.goto((tmp_path / "index.html").as_uri())
    assert file.page.get_by_role("heading", level=2).count() == len(named_experiments())
    file.page.set_viewport_size(PHONE)
    fits(file)
    file.page.get_by_role("link", name="Logic: XOR").click()
    file.ready()
    file.key("End")
    file.wait("d.position === d.total")
    file.page.get_by_role("link", name="All examples").click()
    file.page.get_by_role("heading", name="Backprop by Hand").wait_for()
    assert {url.rpartition("/")[2] for url in file.asked if not url.startswith("data:")} == {
        *("index.html", "xor.html", "plotly.min.js")
    }


def test_share_gives_the_page_as_it_stands(stage: Stage, file: Opened, tmp_path: Path) -> None:
    stage.open("?seed=7&epochs=300&position=30&chart=decision&pin=tutorial")
    stage.at(30)
    open_share(stage)
    path = download(stage, "Page (HTML)", tmp_path)
    assert path.name == "experiment.html"
    file.open_file(path)
    file.at(30)
    run = trained(TUTORIAL.replace(seed=7, epochs=300))
    assert file.trace("weights", 0, "z") == run.history.parameters[0][30].tolist()
    assert file.page.locator("[data-figure=decision]").count() == 1
    assert file.page.get_by_role("link").count() == 0, "nobody else can open an address of this machine"
    titles: list[Any] = file.page.evaluate(
        "document.querySelector('[data-figure=loss]').data.map(trace => trace.name ?? trace.hovertemplate)"
    )
    assert any("seed 42" in str(title) for title in titles)
