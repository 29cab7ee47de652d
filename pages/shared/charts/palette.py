"""Colours by their role: one diverging scale with one meaning everywhere, and a twin of each colour for dark pages.

A figure is built in the light colours. Each light colour stands for one role only, so that a dark page can exchange
them one by one (`DARK`); figures need not know the theme.
"""

from collections.abc import Mapping
from itertools import pairwise
from math import exp
from typing import Final

INK: Final = "#1d2433"
QUIET: Final = "#5d6470"
GRID: Final = "#e8e7e2"
PALE: Final = "#cfccc1"  # the rest of a run, behind what has been played
PINNED: Final = "#c9a7d6"  # another run, kept in sight behind this one
ACCENT: Final = "#1c4f91"
WRONG: Final = "#a8005c"

# Sign and size, and nothing else: orange is negative, white is zero, blue is positive (safe for colour-blind eyes).
# Digits stand on each of its colours in INK; that is what keeps its ends from being darker.
DIVERGING: Final = (
    (0.0, "#d87a30"),
    (0.15, "#e39455"),
    (0.35, "#f3c79d"),
    (0.5, "#ffffff"),
    (0.65, "#b9d2ef"),
    (0.85, "#83aee3"),
    (1.0, "#5c96dc"),
)

NEGATIVE: Final = DIVERGING[0][1]
POSITIVE: Final = DIVERGING[-1][1]

PAPER: Final = "#ffffff"  # what is left free in a mark, and around one
# A loss is never negative. Without the darkest blue: a path is drawn over it.
LOSS: Final = ((0.0, "#ffffff"), (0.5, "#b3cdec"), (1.0, "#4a83c4"))

# The four quantities passed back, from the loss to the parameters. Dashes tell them apart without colour.
LAYERS: Final = (
    ("#7b3f9e", "solid"),
    ("#a3356b", "dash"),
    ("#12766a", "solid"),
    ("#77660a", "dot"),
)

# The curves of a comparison, in this order and then again dashed. Told apart by lightness, too, for colour-blind eyes.
MEMBERS: Final = ("#332288", "#c4556b", "#117733", "#8f8a1f", "#b04aa0", "#2f9c90")

_TWINS: Final = {
    INK: "#e7eaf0",
    QUIET: "#a9b1bf",
    GRID: "#2a313c",
    PALE: "#4d5666",
    PINNED: "#7d5a8c",
    ACCENT: "#8ab8f2",
    WRONG: "#ff86c0",
    "#d87a30": "#a0521a",
    "#e39455": "#7f4720",
    "#f3c79d": "#4d3421",
    "#ffffff": "#171c24",
    "#b3cdec": "#233c5c",
    "#4a83c4": "#2b5c99",
    "#b9d2ef": "#223957",
    "#83aee3": "#275183",
    "#5c96dc": "#2a68ad",
    "#7b3f9e": "#cda4ea",
    "#a3356b": "#f08db8",
    "#12766a": "#66cfc0",
    "#77660a": "#dccb62",
    "#332288": "#9d90f0",
    "#c4556b": "#f58ea2",
    "#117733": "#3fae63",
    "#8f8a1f": "#e3dc7a",
    "#b04aa0": "#c265b3",
    "#2f9c90": "#8fe3d8",
}


# Bands of ŷ between equal steps of z, as a chart of ŷ over the inputs has them: the levels are straight lines.
BAND_STEP: Final = 0.5
BAND_LIMIT: Final = 4.5


def _bands(twins: Mapping[str, str]) -> list[str]:
    """Give each band the colour that its ŷ has on the diverging scale."""
    levels = round(2 * BAND_LIMIT / BAND_STEP) + 1
    middles = (-BAND_LIMIT + (index - 0.5) * BAND_STEP for index in range(levels + 1))
    return [_diverging(1 / (1 + exp(-z)), twins) for z in middles]


def _diverging(value: float, twins: Mapping[str, str]) -> str:
    """Give the colour of a value between −1 and 1."""
    at = (value + 1) / 2
    first, second = next(pair for pair in pairwise(DIVERGING) if at <= pair[1][0])
    share = (at - first[0]) / (second[0] - first[0])
    ends = (twins.get(first[1], first[1]), twins.get(second[1], second[1]))
    channels = zip(*(bytes.fromhex(end[1:]) for end in ends), strict=True)
    return "#" + bytes(round(low + (high - low) * share) for low, high in channels).hex()


BANDS: Final = tuple(_bands({}))
DARK: Final = _TWINS | dict(zip(BANDS, _bands(_TWINS), strict=True))
