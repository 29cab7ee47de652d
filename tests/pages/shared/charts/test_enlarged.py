"""A chart for the far end of a room: every letter is large enough, and nothing else of it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from classifier import Experiment, Run
from pages.playground.charts import charts
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts.chart import figures
from pages.shared.charts.enlarged import FACTOR, LEAST, enlarged
from pages.shared.examples import EXAMPLES


def drawn(name: str) -> dict[str, dict[str, Any]]:
    experiment = Experiment(**EXAMPLES[name].fields).replace(epochs=3)
    run = Run(experiment)
    run.advance()
    return figures(charts.build(RunShown(experiment, run.history, slice(0, 10))))


def sizes(node: object, name: str = "") -> Iterator[float]:
    """Yield the size of every font in a figure."""
    if isinstance(node, dict):
        if name.endswith("font") and "size" in node:
            yield node["size"]
        for key, child in node.items():
            yield from sizes(child, key)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from sizes(child, name)


@pytest.mark.parametrize("name", ["tutorial", "iris"])
def test_no_letter_is_smaller_than_the_least(name: str) -> None:
    for figure in drawn(name).values():
        larger = enlarged(figure)
        assert min(sizes(larger)) >= LEAST
        assert "<span" not in larger["layout"]["title"]["text"], "an explanation has its own size, and no room"
        assert larger["layout"]["title"]["text"] in figure["layout"]["title"]["text"]
        assert larger["layout"]["margin"]["l"] == figure["layout"]["margin"]["l"] * FACTOR


def test_what_is_no_letter_stays() -> None:
    figure = drawn("iris")["predictions"]
    larger, marks = enlarged(figure), figure["data"][1]["marker"]
    assert larger["data"][1]["marker"]["size"] == marks["size"]
    assert larger["data"][1]["marker"]["standoff"] == marks["standoff"]
    assert larger["data"][0]["customdata"] == figure["data"][0]["customdata"]
    assert larger["layout"]["yaxis"]["range"] == figure["layout"]["yaxis"]["range"]


def test_cells_need_more_room_for_their_digits() -> None:
    figure = drawn("tutorial")["weights"]
    before, after = (one["data"][0]["meta"]["digits"] for one in (figure, enlarged(figure)))
    assert after["height"] == before["height"] * FACTOR
    assert [places for _, places in after["decimals"]] == [places for _, places in before["decimals"]]
    assert all(wide > narrow for (wide, _), (narrow, _) in zip(after["decimals"], before["decimals"], strict=True))
