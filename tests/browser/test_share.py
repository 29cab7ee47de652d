"""Share in a real browser: the link, the files, and a player that goes on beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

from classifier import Experiment
from pages.shared.share.experiment_file import read_experiment
from tests.browser.conftest import Stage, watched_page
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

EXPERIMENT = Experiment.tutorial().replace(seed=7, learning_rate=0.05, epochs=1500)
ADDRESS = "?lr=0.05&seed=7&epochs=1500"


def open_share(stage: Stage) -> None:
    stage.page.get_by_role("button", name="Share", exact=True).click()
    stage.page.get_by_text("Link to this screen").wait_for()


def link_at(stage: Stage, position: int) -> str:
    """Give the link once it is that of a position."""
    code = stage.page.get_by_test_id("stCode").filter(has_text=f"position={position}")
    return code.inner_text().strip()


def download(stage: Stage, label: str, folder: Path) -> Path:
    with stage.page.expect_download() as event:
        stage.page.get_by_role("button", name=label, exact=True).click()
    path = folder / event.value.suggested_filename
    event.value.save_as(path)
    return path


def test_the_link_opens_the_same_screen_elsewhere(stage: Stage, browser: Browser, app: App) -> None:
    stage.open(ADDRESS + "&position=318")
    stage.at(318)
    open_share(stage)
    address = link_at(stage, 318)
    code = stage.page.get_by_role("img", name="QR code of the link")
    assert code.evaluate("image => image.complete && image.naturalWidth > 0 && image.clientWidth >= 360")
    # The button is visible without a pointer over it, and covers no letter of the link.
    copy = stage.page.get_by_role("button", name="Copy to clipboard").bounding_box()
    text = stage.page.get_by_test_id("stCode").locator("pre").bounding_box()
    assert stage.page.get_by_role("button", name="Copy to clipboard").is_visible()
    assert copy is not None
    assert text is not None
    assert copy["x"] >= text["x"] + text["width"]
    # No invisible element takes room beside Share.
    edges = "e => [e, e.querySelector('.st-key-share button')].map((e) => Math.round(e.getBoundingClientRect().right))"
    assert len(set(stage.page.locator(".st-key-share_corner").evaluate(edges))) == 1
    faults: list[str] = []
    other = Stage(watched_page(browser, app, faults), app)
    other.page.goto(address)
    other.ready()
    other.at(318)
    assert other.data("run") == stage.data("run")
    other.page.close()
    assert faults == []


def test_a_playing_stage_plays_on(stage: Stage) -> None:
    stage.open(ADDRESS)
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 3")
    run = stage.data("run")
    open_share(stage)
    before = stage.position
    stage.wait("d.playing === 'true' && Number(d.position) > a", before + 50)
    assert stage.data("run") == run
    stage.page.keyboard.press("Escape")
    stage.page.get_by_text("Link to this screen").wait_for(state="hidden")
    stage.wait("d.playing === 'true' && Number(d.position) > a || d.position === d.total", before + 100)


def test_every_chart_is_a_file_as_png_and_svg(stage: Stage, tmp_path: Path) -> None:
    stage.open(ADDRESS + "&position=318")
    stage.at(318)
    open_share(stage)
    choice = stage.page.get_by_label("Chart", exact=True)
    choice.locator("option").nth(5).wait_for(state="attached")
    assert choice.locator("option").all_text_contents() == [
        "Network",
        "Predictions",
        "Loss",
        "Weights",
        "Gradient",
        "Gradient by layer",
    ]
    choice.select_option("Weights")
    png = download(stage, "Download the chart as PNG", tmp_path)
    assert (png.name, png.read_bytes()[:8]) == ("weights-318.png", b"\x89PNG\r\n\x1a\n")
    svg = download(stage, "Download the chart as SVG", tmp_path)
    assert svg.name == "weights-318.svg"
    assert "<svg" in svg.read_text("utf-8")[:200]
    assert stage.position == 318


def test_an_experiment_goes_into_a_file_and_comes_back(stage: Stage, tmp_path: Path) -> None:
    stage.open(ADDRESS + "&position=318")
    stage.at(318)
    run = stage.data("run")
    open_share(stage)
    file = download(stage, "Experiment", tmp_path)
    opened = read_experiment(file.read_bytes())
    assert (opened.experiment, opened.position) == (EXPERIMENT, 318)
    history = download(stage, "History", tmp_path)
    with history.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert (len(rows), rows[-1]["position"]) == (1501, "1500")
    assert download(stage, "NumPy script", tmp_path).read_text("utf-8").count("\n") > 50

    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("button", name="Reset to the tutorial").click()
    stage.wait("d.run !== a && d.ready === 'true'", run)
    stage.at(0)
    open_share(stage)
    stage.page.locator("input[type=file]").set_input_files(file)
    stage.wait("d.run === a", run)
    stage.at(318)
    assert link_at(stage, 318).endswith("position=318")

    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"seed": "seven"}), "utf-8")
    stage.page.locator("input[type=file]").set_input_files(bad)
    stage.page.get_by_text("Seed: 'seven' is not a number.").wait_for()
    assert stage.data("run") == run


def test_other_pages_are_shared_with_their_charts(stage: Stage, tmp_path: Path) -> None:
    stage.page.goto(f"{stage.app.url}gradient_check{ADDRESS}&position=318&break=flip_sign")
    stage.page.locator(".js-plotly-plot .main-svg").nth(2).wait_for(state="attached")
    open_share(stage)
    assert link_at(stage, 318).startswith(f"{stage.app.url}gradient_check?")
    assert "break=flip_sign" in link_at(stage, 318)
    choice = stage.page.get_by_label("Chart", exact=True)
    choice.focus()
    choice.locator("option").nth(2).wait_for(state="attached")
    assert choice.locator("option").all_text_contents() == ["Analytic", "Numeric", "Largest error"]
    choice.select_option("Numeric")
    png = download(stage, "Download the chart as PNG", tmp_path)
    assert (png.name, png.read_bytes()[:8]) == ("numeric.png", b"\x89PNG\r\n\x1a\n")
    assert download(stage, "Download the chart as SVG", tmp_path).read_text("utf-8").startswith("<svg")
    stage.page.keyboard.press("Escape")
    # The player of the comparison, too.
    stage.page.get_by_role("link", name="Compare").first.click()
    stage.ready()
    open_share(stage)
    choice.focus()
    choice.locator("option").nth(1).wait_for(state="attached")
    assert choice.locator("option").all_text_contents() == ["Loss", "Weights"]
    choice.select_option("Loss")
    assert download(stage, "Download the chart as SVG", tmp_path).name == "loss-318.svg"


def test_in_a_frame_the_uploaders_say_what_to_do_and_elsewhere_nothing(browser: Browser, app: App) -> None:
    page = watched_page(browser, app, [])
    page.goto(f"{app.url}your_data")
    assert said_of_frames(page) == []
    page.set_content(f'<iframe src="{app.url}your_data" width="1200" height="680"></iframe>')
    said = said_of_frames(page.frame_locator("iframe"))
    assert sorted(text.partition("in a tab of its own")[2] for text in said) == [", or paste the table.", "."]
    page.close()


def said_of_frames(place: Page | FrameLocator) -> list[str]:
    """Open Share on a page with another uploader, and give what is seen of frames."""
    place.get_by_role("button", name="Share", exact=True).click()
    place.get_by_text("Link to this screen").wait_for()
    notes = place.locator(".framed")
    notes.nth(1).wait_for(state="attached")
    return [note.inner_text() for note in notes.all() if note.is_visible()]
