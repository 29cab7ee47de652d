"""Digits can be read on every colour of the scale, in both themes: at least 4.5 to 1."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pages.shared.charts import palette
from pages.shared.charts.heatmaps import heatmap
from tests.contrast import channels, contrast


@pytest.mark.parametrize("twins", [{}, palette.DARK], ids=["light", "dark"])
def test_digits_can_be_read_on_every_colour_of_the_scale(twins: dict[str, str]) -> None:
    ink = heatmap(1.0, [[""]], "", ())["textfont"]["color"]
    assert ink == palette.INK
    text = channels(twins.get(ink, ink))
    stops = [channels(twins.get(colour, colour)) for _, colour in palette.DIVERGING]
    between = [
        tuple(a + (b - a) * share / 50 for a, b in zip(low, high, strict=True))
        for low, high in pairwise(stops)
        for share in range(51)
    ]
    assert min(contrast(text, colour) for colour in between) >= 4.5
