"""Digits can be read on every colour of the scale, in both themes: at least 4.5 to 1."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pages.shared.charts import palette
from pages.shared.charts.heatmaps import heatmap


def luminance(colour: tuple[float, ...]) -> float:
    """Give the relative luminance as WCAG 2 defines it, of channels between 0 and 255."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (value / 255 for value in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def channels(colour: str) -> tuple[float, ...]:
    return tuple(bytes.fromhex(colour[1:]))


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
