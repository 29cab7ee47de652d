"""The settings of the chart that stands in the place of the layers' gradients: shown only while it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zlib import crc32

import streamlit as st

from classifier import Experiment, History
from pages.playground.pictures import choice, picture_frames
from pages.playground.pictures.choice import Chosen, Decision, Entry, Landscape, Picture
from pages.playground.pictures.decision import decision
from pages.playground.pictures.landscape import landscape
from pages.shared.address.parameters import Own
from pages.shared.charts.show import Figure
from pages.shared.run import runs
from pages.shared.session import state, widgets

__all__ = ["choose", "chosen", "figure", "open_address", "settings"]

_MOST_KEPT = 64
_WIDTH = 172  # pixels: four of them stand beside each other on a projector


def chosen() -> Chosen:
    """Give what this visitor chose."""
    return state.kept("picture", Chosen)


def choose(chart: str) -> None:
    """Show another chart. Comes from a browser: what is none is passed over."""
    if chart in choice.CHARTS:
        chosen().chart = chart


def open_address(own: Own) -> None:
    """Take a choice from the address, if it is news."""
    if any(map(own.is_news, choice.OWN)):
        vars(chosen()).update(vars(choice.told(own)))


def figure(experiment: Experiment, picture: Picture, history: History, *, finished: bool) -> Figure:
    """Build the figure of a picture, as far as it is known."""
    if isinstance(picture, Decision):
        return decision(experiment, picture, picture_frames.plane(experiment, picture))
    surface = _surface(runs.identity(experiment), picture, experiment, history) if finished else None
    return landscape(experiment, picture, surface)


@st.cache_data(max_entries=_MOST_KEPT, show_spinner=False)
def _surface(name: str, picture: Landscape, _experiment: Experiment, _history: History) -> picture_frames.Surface:
    """Compute a landscape once for everybody who looks at it, however many messages its run takes."""
    return picture_frames.surface(_experiment, _history, picture)


def settings(experiment: Experiment) -> None:
    """Draw what can be chosen about the chart, and what it shows."""
    picture = chosen().picture(experiment)
    # Always there, if only empty: what comes after it keeps its place on the page, and the player is not mounted anew.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="picture_settings"):
        if isinstance(picture, Decision):
            _decision(experiment, picture)
        elif picture is not None:
            _landscape(experiment, picture)


def _decision(experiment: Experiment, picture: Decision) -> None:
    inputs = dict(enumerate(experiment.input_names))
    if experiment.out_features > 1:
        _choice("Output", "output", dict(enumerate(experiment.label_names)), picture.output, _keep)
    if len(inputs) > 1:
        _choice("Across", "across", inputs, picture.across, _keep_axis)
        _choice("Up", "up", inputs, picture.up, _keep_axis)
    if len(inputs) > 2:
        numbers = {index: f"sample {index + 1}" for index in range(experiment.samples)}
        _choice("Others", "others", {choice.MEAN: "mean", **numbers}, picture.others, _keep)


def _landscape(experiment: Experiment, picture: Landscape) -> None:
    entries = {entry: _name(experiment, entry) for entry in choice.parameters(experiment)}
    _choice("Across", "across", entries, picture.across, _keep_axis)
    _choice("Up", "up", entries, picture.up, _keep_axis)
    st.caption(
        "◇: the end. The other weights are held at their final values. "
        "On the way they had others, so the path is a projection."
        if len(entries) > 2
        else "◇: the end. There are no other weights, so the path runs on the surface itself.",
        width=400,
    )


def _name(experiment: Experiment, entry: Entry) -> str:
    label = experiment.label_names[entry.output]
    return f"b[{label}]" if entry.input is None else f"W[{label}, {experiment.input_names[entry.input]}]"


def _choice(label: str, name: str, options: Mapping[Any, str], value: object, keep: Callable[[str, str], None]) -> None:
    # By other names or another number of them it is another widget: its choice is kept as an index.
    kind = crc32("\n".join(options.values()).encode())
    key, start = widgets.standing(f"picture_{label}_{kind}", value)
    values = list(options)
    st.selectbox(
        label,
        values,
        values.index(start),
        format_func=lambda option: f"{label}: {options[option]}",
        key=key,
        on_change=keep,
        args=(name, key),
        label_visibility="collapsed",
        width=_WIDTH,
    )


def _keep(name: str, key: str) -> None:
    changes: dict[str, Any] = {name: widgets.widget(key)}
    picture = chosen().picture(state.experiment())
    if isinstance(picture, Decision) and isinstance(changes[name], int):
        chosen().set(replace(picture, **changes))


def _keep_axis(name: str, key: str) -> None:
    value = widgets.widget(key)
    picture = chosen().picture(state.experiment())
    # A box can still speak when its chart has gone: inputs are no weights, and the other way round.
    if isinstance(value, Entry if isinstance(picture, Landscape) else int) and picture is not None:
        chosen().set(choice.with_axis(picture, name, value))
