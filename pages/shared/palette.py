"""Colours by their role: one diverging scale with one meaning everywhere, and a twin of each colour for dark pages.

A figure is built in the light colours. Each light colour stands for one role only, so that a dark page can exchange
them one by one (`DARK`); figures need not know the theme.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#1d2433"
QUIET: Final = "#5d6470"
GRID: Final = "#e8e7e2"
PALE: Final = "#cfccc1"  # the rest of a run, behind what has been played
PINNED: Final = "#c9a7d6"  # another run, kept in sight behind this one
ACCENT: Final = "#1c4f91"
WRONG: Final = "#a8005c"

# Sign and size, and nothing else: orange is negative, white is zero, blue is positive (safe for colour-blind eyes).
DIVERGING: Final = (
    (0.0, "#9c4006"),
    (0.15, "#c76a26"),
    (0.35, "#f0bf93"),
    (0.5, "#ffffff"),
    (0.65, "#b3cdec"),
    (0.85, "#4a83c4"),
    (1.0, "#174a8c"),
)

# The four quantities passed back, from the loss to the parameters. Dashes tell them apart without colour.
LAYERS: Final = (
    ("#7b3f9e", "solid"),
    ("#a3356b", "dash"),
    ("#12766a", "solid"),
    ("#77660a", "dot"),
)

DARK: Final = {
    INK: "#e7eaf0",
    QUIET: "#a9b1bf",
    GRID: "#2a313c",
    PALE: "#4d5666",
    PINNED: "#7d5a8c",
    ACCENT: "#8ab8f2",
    WRONG: "#ff86c0",
    "#9c4006": "#c2661d",
    "#c76a26": "#99531f",
    "#f0bf93": "#553720",
    "#ffffff": "#171c24",
    "#b3cdec": "#233c5c",
    "#4a83c4": "#2b5c99",
    "#174a8c": "#3580d0",
    "#7b3f9e": "#cda4ea",
    "#a3356b": "#f08db8",
    "#12766a": "#66cfc0",
    "#77660a": "#dccb62",
}
