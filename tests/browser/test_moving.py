"""What moves while a run plays is drawn without Plotly: it must look as Plotly draws it, and be as true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from classifier import Experiment, Run
from tests.browser.conftest import Stage, watched_page
from tests.browser.hand import STILL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.server import App

# For each chart: whether Plotly drew it, its texts, the points of its lines, its marks, and the colour in the middle of
# each cell, read from Plotly's image or from our rectangle.
SEEN = """
async () => {
  const numbers = text => (text?.match(/-?[\\d.]+/g) ?? []).map(Number);
  const cells = async (div, hm) => {
    const rects = [...hm.querySelectorAll("rect")], picture = [...hm.querySelectorAll("image")].at(-1);
    const matrices = div.data.filter(trace => trace.type === "heatmap");
    const { z, zsmooth } = matrices[[...div.querySelectorAll(".hm")].indexOf(hm)];
    if (zsmooth === "best") return []; // between its points each of the two has a way of its own
    if (rects.length) return rects.map(rect => numbers(rect.getAttribute("fill")));
    const image = new Image();
    image.src = picture.href.baseVal;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    return z.flatMap((row, i) => Array.from(row, (_, j) => [...pen.getImageData(
      (j + 0.5) / row.length * image.width, (i + 0.5) / z.length * image.height, 1, 1).data].slice(0, 3)));
  };
  const of = async (div, links = div.dataset.figure === "network") => ({ // links that lie flat end in one number
    exact: div.dataset.exact !== "false",
    texts: [...div.querySelectorAll(".heatmap-label")].map(text => text.textContent),
    lines: [...div.querySelectorAll(".scatterlayer .js-line")].filter(line => line.style.display !== "none")
      .flatMap(line => line.getAttribute("d").split("M").filter(Boolean))
      .map(part => links ? numbers(part).slice(0, 2) : numbers(part)),
    marks: [...div.querySelectorAll(".point")]
      .map(point => numbers(point.getAttribute("transform") || "0,0").slice(0, 2)),
    shown: [...div.querySelectorAll(".point")].map(point => point.getAttribute("display") !== "none"),
    opacity: [...div.querySelectorAll(".point")].map(point => Number(point.style.opacity)),
    cells: (await Promise.all([...div.querySelectorAll(".hm")].map(hm => cells(div, hm)))).flat(),
  });
  const charts = [...document.querySelectorAll("[data-figure]")];
  return Object.fromEntries(await Promise.all(charts.map(async div => [div.dataset.figure, await of(div)])));
}
"""
PIXELS = 0.6


YEARS = count(2100)


@pytest.fixture
def stage(browser: Browser, app: App) -> Iterator[Stage]:
    """Open a page in a context of its own, because all pages of a context share one clock."""
    faults: list[str] = []
    page = watched_page(browser, app, faults, viewport={"width": 1280, "height": 700})
    yield Stage(page, app, faults)
    page.clock.resume()
    page.close()
    assert faults == []


def stopped_clock(stage: Stage) -> None:
    """Let time stand still between two pictures."""
    stage.page.clock.install()
    stage.page.clock.pause_at(datetime(next(YEARS), 1, 1))


def pictures(stage: Stage, ticks: int) -> dict[str, Any]:
    for _ in range(ticks):
        stage.page.clock.run_for(20)
    seen: dict[str, Any] = stage.page.evaluate(SEEN)
    return seen


def same_lines(ours: list[list[float]], plotlys: list[list[float]], name: str) -> None:
    """Each point of one is on a point of the other: ours leave out points that can not be told from the one before."""
    for one, other in zip(ours, plotlys, strict=True):
        apart = np.abs(np.reshape(one, (-1, 1, 2)) - np.reshape(other, (1, -1, 2))).max(axis=2)
        assert max(apart.min(axis=0).max(), apart.min(axis=1).max()) <= PIXELS, name


@pytest.mark.parametrize(
    ("path", "moving"),
    [
        ("", {"network", "loss", "weights", "gradients", "layer_gradients", "predictions"}),
        ("?unseen=1", {"network", "loss", "weights", "gradients", "layer_gradients", "predictions"}),
        ("?chart=landscape&dtype=float64", {"network", "loss", "weights", "gradients", "landscape", "predictions"}),
        (
            "?inputs=1 2 3_4 5 6&labels=1_0&lr=0.5&chart=decision",
            {"network", "loss", "weights", "gradients", "predictions"},
        ),
        ("?example=xor-hidden", {"network", "loss", "weights", "gradients", "decision", "predictions"}),
        ("compare?vary=seed&values=0-4&view=loss.linear", {"loss", "weights"}),
    ],
)
def test_what_moves_looks_as_plotly_draws_it(path: str, moving: set[str], stage: Stage) -> None:
    stage.open(path)
    stopped_clock(stage)
    stage.page.mouse.move(2, 2)
    stage.press("Train")
    pictures(stage, 20)
    for ticks in (1, 7):
        playing = pictures(stage, ticks)
        assert stage.data("playing") == "true"
        assert {name for name, chart in playing.items() if not chart["exact"]} == moving
        position = stage.position
        stage.press("Pause")
        resting = pictures(stage, 12)
        assert stage.position == position > 2
        for name, chart in playing.items():
            drawn = resting[name]
            assert drawn.pop("exact")
            assert chart["texts"] == drawn["texts"], name
            assert chart["opacity"] == drawn["opacity"], name
            assert chart["shown"] == drawn["shown"], name
            same_lines(chart["lines"], drawn["lines"], name)
            for what, off in (("marks", PIXELS), ("cells", 2)):
                assert len(chart[what]) == len(drawn[what]), (name, what)
                np.testing.assert_allclose(chart[what], drawn[what], atol=off, err_msg=f"{name} {what}")
        stage.press("Continue")
        pictures(stage, 3)


def test_an_axis_that_grows_with_what_is_played_has_it_in_sight(stage: Stage) -> None:
    """Plotly fits it where the curve would leave it, and what moves between is written without Plotly."""
    stage.open("?inputs=1_-1&labels=1_0&lr=5&epochs=400&view=loss.log&unseen=1")
    stopped_clock(stage)
    stage.page.mouse.move(2, 2)
    stage.press("Train")
    ends, by_plotly = set(), []
    for _ in range(80):
        loss = pictures(stage, 1)["loss"]
        assert all(loss["shown"])
        by_plotly.append(loss["exact"])
        low, high = stage.page.locator('[data-figure="loss"]').evaluate("div => div.layout.yaxis.range")
        played = np.log10([*stage.trace("loss", 1, "y"), *stage.trace("loss", 2, "y")])
        assert ((low <= played) & (played <= high)).all()
        ends.add(low)
    assert stage.data("playing") == "true"
    assert len(ends) > 2, "this run's loss falls farther and farther"
    assert 0 < sum(by_plotly) < 40


def test_while_it_plays_a_chart_holds_the_cores_numbers_and_a_pointer_is_told_them(stage: Stage) -> None:
    stage.open("")
    run = Run(Experiment.tutorial())
    run.advance()
    stopped_clock(stage)
    stage.page.mouse.move(2, 2)
    stage.press("Train")
    assert not pictures(stage, 30)["weights"]["exact"]
    position, history = stage.position, run.history
    np.testing.assert_array_equal(np.float32(stage.trace("weights", 0, "z")), history.parameters[0][position])
    np.testing.assert_array_equal(stage.trace("loss", 1, "y"), history.running_loss[1 : position + 1])
    cell = stage.page.locator('[data-figure="weights"] .nsewdrag').bounding_box()
    assert cell is not None
    stage.page.mouse.move(cell["x"] + cell["width"] / 8, cell["y"] + cell["height"] / 8)
    seen = pictures(stage, 6)
    assert stage.data("playing") == "true"
    assert seen["weights"]["exact"]
    assert not seen["gradients"]["exact"]
    said = stage.page.locator('[data-figure="weights"] .hovertext').text_content() or ""
    # Plotly shows the next value after a short wait, but never a value from before the pointer came.
    values = [
        f"value {value:.9g}".replace("-", "−")
        for value in history.parameters[0][..., :-1][position : stage.position + 1, 0, 0]
    ]
    assert any(value in said for value in values)
    stage.page.mouse.move(2, 2)
    assert not pictures(stage, 6)["weights"]["exact"]


def test_a_zoomed_chart_plays_on_and_shows_the_part_of_it(stage: Stage) -> None:
    stage.open("?epochs=400")
    stage.key("End")
    stage.at(400)  # so that all of it is there: the clock waits for nothing
    stage.key("Home")
    stage.at(0)
    # By hand: what a script zooms is forgotten when the chart is drawn with the next message.
    loss = stage.page.locator('[data-figure="loss"]')
    loss.evaluate(STILL)
    (left, right), top, bottom = loss.evaluate(
        """div => {
            const { xaxis, yaxis } = div._fullLayout, { left, top } = div.getBoundingClientRect();
            const y = top + yaxis._offset;
            return [[5, 50].map(x => left + xaxis._offset + xaxis.c2p(x)), y + 2, y + yaxis._length - 2];
        }"""
    )
    stage.page.mouse.move(left, top)
    stage.page.mouse.down()
    stage.page.mouse.move(right, bottom, steps=4)
    stage.page.mouse.up()
    loss.locator("xpath=..").get_by_role("button", name="Whole chart").wait_for()
    zoomed = loss.evaluate("div => div.layout.xaxis.range")
    np.testing.assert_allclose(zoomed, [5, 50], atol=3)
    stopped_clock(stage)
    stage.page.mouse.move(2, 2)
    stage.press("Train")
    shown = []
    for ticks in (40, 150):
        playing = pictures(stage, ticks)
        assert not playing["loss"]["exact"]
        stage.press("Pause")
        resting = pictures(stage, 12)
        np.testing.assert_allclose(playing["loss"]["marks"], resting["loss"]["marks"], atol=PIXELS)
        assert playing["loss"]["shown"] == resting["loss"]["shown"]
        shown += [(*playing["loss"]["shown"], stage.position > zoomed[1])]
        stage.press("Continue")
        pictures(stage, 3)
    assert shown == [(True, False), (False, True)]
    assert loss.evaluate("div => div.layout.xaxis.range") == zoomed


def test_a_position_is_seen_at_once_and_drawn_by_plotly_when_it_rests(stage: Stage) -> None:
    stage.open("?epochs=400&position=100")
    stopped_clock(stage)
    stage.page.mouse.move(2, 2)
    slider = stage.page.get_by_role("slider", name="Epochs trained")
    for position in (101, 250, 30):
        slider.evaluate(f"e => {{ e.value = {position}; e.dispatchEvent(new Event('input')); }}")
        led = pictures(stage, 2)
        assert stage.position == position
        assert not any(chart["exact"] for chart in led.values())
        assert len(stage.trace("loss", 1, "y")) == position
    resting = pictures(stage, 12)
    for name, chart in led.items():
        assert resting[name].pop("exact")
        same_lines(chart["lines"], resting[name]["lines"], name)
        np.testing.assert_allclose(chart["marks"], resting[name]["marks"], atol=PIXELS, err_msg=name)
        assert chart["texts"] == resting[name]["texts"]
