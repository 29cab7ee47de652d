"""Initial weights that are typed, and a learning rate that changes on the way, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from classifier import Run
from pages.shared.address.reading import from_params
from tests.browser.conftest import Stage


def schedule_of(stage: Stage) -> tuple[tuple[int, float], ...]:
    query = parse_qs(urlsplit(stage.page.url).query)
    return from_params(query).experiment.schedule


def test_another_rate_from_here_on_while_it_plays(stage: Stage) -> None:
    """By mouse and by keyboard: the change is where the player stood at the press, and it plays on."""
    stage.open("?seed=7")
    whole = stage.trace("loss", 0, "y")
    stage.page.get_by_label("Speed", exact=True).select_option("10")  # at the end nothing can be changed any more
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 20")
    stage.page.get_by_role("button", name="From here on").click()
    rate = stage.page.get_by_label("Learning rate from here on")
    rate.fill("0.1")
    run, before = stage.data("run"), stage.position
    stage.page.get_by_role("button", name="Change", exact=True).click()
    stage.wait("d.run !== a && d.ready === 'true'", run)
    stage.page.wait_for_url(re.compile("lr="))
    ((position, learning_rate),) = schedule_of(stage)
    assert learning_rate == 0.1
    assert before <= position <= stage.position
    assert stage.trace("loss", 0, "y")[:position] == whole[:position]
    assert stage.trace("loss", 0, "y")[position + 1] != whole[position + 1]
    layout = stage.page.evaluate("""() => {
        const { shapes, annotations } = document.querySelector('[data-figure="loss"]').layout;
        return [shapes.map((shape) => shape.x0), annotations.map((label) => label.text)];
    }""")
    assert layout == [[position], ["lr 0.1"]]

    stage.wait("d.playing === 'true' && Number(d.position) > a", stage.position + 20)
    rate.fill("0.001")
    run, before = stage.data("run"), stage.position
    rate.press("Enter")
    stage.wait("d.run !== a && d.ready === 'true'", run)
    stage.page.get_by_role("button", name=re.compile("^Remove .* from position")).nth(1).wait_for()
    stage.page.wait_for_url(re.compile("0.001"))
    first, second = schedule_of(stage)
    assert first == (position, 0.1)
    assert second[0] >= before > position

    stage.page.get_by_role("button", name=f"Remove 0.1 from position {position}").click()
    stage.page.wait_for_function("() => !location.search.includes('0.1%40') && !location.search.includes('0.1@')")
    assert schedule_of(stage) == (second,)


def test_a_matrix_is_typed_got_wrong_and_corrected(stage: Stage) -> None:
    stage.open("?inputs=2+3&labels=1&lr=1&epochs=10")
    stage.page.get_by_text("Advanced", exact=True).click()
    # Advanced is still sliding open at the first click, which may fall beside. What was chosen must count at once.
    while not stage.page.get_by_role("radio", name="Typed in").is_checked():
        stage.page.get_by_text("Typed in", exact=True).click()
    matrix = stage.page.get_by_role("textbox", name="Matrix of initial weights, the bias last")
    matrix.wait_for()
    stage.page.wait_for_url(re.compile("initial=0.497"))
    seed = stage.page.get_by_label("Seed", exact=True)
    seed.and_(stage.page.locator(":disabled")).wait_for()

    matrix.fill("0,5\t−1/4\tzero")
    matrix.press("Control+Enter")
    stage.page.get_by_text('Initial weights: Row 1, b: "zero" is not a number.').wait_for()
    stage.page.get_by_text("The charts show the last good values.").wait_for()
    assert stage.trace("weights", 0, "z")[0][0] == pytest.approx(0.497)
    assert matrix.input_value() == "0,5\t−1/4\tzero"

    matrix.fill("0,5\t−1/4\t0")
    matrix.press("Control+Enter")
    stage.page.wait_for_url(re.compile(r"initial=0.5\+-0.25\+0"))
    stage.page.wait_for_function("""() => document.querySelector('[data-figure="weights"]').data[0].z[0][0] === 0.5""")
    assert [list(row) for row in stage.trace("weights", 0, "z")] == [[0.5, -0.25, 0]]
    run = stage.data("run")
    stage.page.reload()
    stage.ready()
    assert stage.data("run") == run
    stage.key("End")
    stage.at(10)
    query = parse_qs(urlsplit(stage.page.url).query)
    trained = Run(from_params(query).experiment)
    trained.advance()
    expected = [
        *trained.history.parameters[0][-1, 0, :-1].tolist(),
        trained.history.parameters[0][-1, 0, -1].item(),
    ]
    assert list(stage.trace("weights", 0, "z")[0]) == pytest.approx(expected)
