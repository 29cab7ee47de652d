"""The settings of the chart that stands in the place of the layers' gradients: shown only while it is chosen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from classifier import Experiment, History
from pages.playground.chosen_chart import arrays, choice
from pages.playground.chosen_chart.choice import ChartSettings, Choice, Decision, Entry, Landscape
from pages.playground.chosen_chart.decision import decision
from pages.playground.chosen_chart.landscape import landscape
from pages.shared.address.parameters import Own
from pages.shared.charts.chart import Chart
from pages.shared.run import runs
from pages.shared.run.kept import Kept
from pages.shared.session import state, widgets
from pages.shared.text.names import parameter_name

_surfaces = Kept[arrays.Surface]("surface", lambda surface: surface.loss.nbytes)
_WIDTH = 172  # pixels: four of them stand beside each other on a projector


def chosen() -> Choice:
    """Give what this visitor chose."""
    return state.kept("chosen_chart", Choice)


def choose(chart: str) -> None:
    """Show another chart. Comes from a browser: what is none is passed over."""
    if chart in choice.CHARTS:
        chosen().chart = chart


def open_address(own: Own) -> None:
    """Take a choice from the address, if it is news."""
    if any(map(own.is_news, choice.OWN)):
        vars(chosen()).update(vars(choice.told(own)))


def chart(experiment: Experiment, history: History, shown: ChartSettings | None, *, finished: bool) -> Chart | None:
    """Build a chart that was chosen, as far as it is known; None for the gradients of the layers."""
    if isinstance(shown, Landscape):
        # Computed once for everybody who looks at it, however many messages its run takes.
        name = runs.identity(experiment), shown
        surface = partial(_surfaces.get, name, partial(arrays.surface, experiment, history, shown))
        return landscape(experiment, shown, surface if finished else None)
    return None if shown is None else decision(experiment, shown)


def settings(experiment: Experiment) -> None:
    """Draw what can be chosen about the chart, and what it shows."""
    shown = chosen().settings(experiment)
    # Always there, if only empty: what comes after it keeps its place on the page, and the player is not mounted anew.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chart_settings"):
        if isinstance(shown, Decision):
            _decision(experiment, shown)
        elif shown is not None:
            _landscape(experiment, shown)


def _decision(experiment: Experiment, shown: Decision) -> None:
    inputs = dict(enumerate(experiment.input_names))
    if experiment.out_features > 1:
        _choice("Output", "output", dict(enumerate(experiment.label_names)), shown.output, _keep)
    if len(inputs) > 1:
        _choice("Across", "across", inputs, shown.across, _keep_axis)
        _choice("Up", "up", inputs, shown.up, _keep_axis)
    if len(inputs) > 2:
        numbers = {index: f"sample {index + 1}" for index in range(experiment.samples)}
        _choice("Others", "others", {choice.MEAN: "mean", **numbers}, shown.others, _keep)


def _landscape(experiment: Experiment, shown: Landscape) -> None:
    entries = {entry: parameter_name(experiment, *entry) for entry in choice.parameters(experiment)}
    _choice("Across", "across", entries, shown.across, _keep_axis)
    _choice("Up", "up", entries, shown.up, _keep_axis)
    st.caption(
        "◇: the end. The other weights are held at their final values. "
        "On the way they had others, so the path is a projection."
        if len(entries) > 2
        else "◇: the end. There are no other weights, so the path runs on the surface itself.",
        width=400,
    )


def _choice(label: str, name: str, options: Mapping[Any, str], value: object, keep: Callable[[str, Any], None]) -> None:
    # By other names or another number of them it is another widget: its choice is kept as an index.
    kind = crc32("\n".join(options.values()).encode())
    key, start = widgets.standing(f"chart_{label}_{kind}", value)
    values = list(options)

    def chose() -> None:
        said = widgets.widget(key)
        # By type, too: True is equal to 1.
        if type(said) in (int, Entry) and said in values:
            keep(name, said)

    st.selectbox(
        label,
        values,
        values.index(start),
        format_func=lambda option: f"{label}: {options[option]}",
        key=key,
        on_change=widgets.choice(key, chose),
        label_visibility="collapsed",
        width=_WIDTH,
    )


def _keep(name: str, value: int) -> None:
    shown = chosen().settings(state.experiment())
    if isinstance(shown, Decision):
        changes: dict[str, Any] = {name: value}
        chosen().set(replace(shown, **changes))


def _keep_axis(name: str, value: int | Entry) -> None:
    shown = chosen().settings(state.experiment())
    # A box can still speak when its chart has gone: inputs are no weights, and the other way round.
    if isinstance(value, Entry if isinstance(shown, Landscape) else int) and shown is not None:
        chosen().set(choice.with_axis(shown, name, value))
