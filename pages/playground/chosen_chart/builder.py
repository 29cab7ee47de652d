"""The chart that was chosen where there is a choice, and the boxes in which its settings are chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from classifier import Experiment, History
from pages.playground.charts.layer_gradients import layer_gradients
from pages.playground.chosen_chart import arrays, choice
from pages.playground.chosen_chart.choice import ChartSettings, Choice, Decision, Entry, Landscape, Layers
from pages.playground.chosen_chart.decision import decision
from pages.playground.chosen_chart.landscape import landscape
from pages.shared.charts.chart import Chart, PlotlyJSON
from pages.shared.run import runs
from pages.shared.run.cache import STORE
from pages.shared.text.names import parameter_name

_LABELS = {"quantity": "Quantity", "output": "Output", "across": "Across", "up": "Up", "others": "Others"}
# What the text in a box begins with: four boxes leave no room for labels beside them.
_SIGNS = {"quantity": "size of", "output": "ŷ", "across": "→", "up": "↑", "others": "others:"}
_Options: TypeAlias = Sequence[tuple[int | str | Entry, str]]


def choose(chosen: Choice, said: str, experiment: Experiment) -> None:
    """Show another chart, or set the one shown, as by "across=2".

    The text comes from a browser. One that is not offered has no effect, as of a box whose chart is no longer shown.
    """
    if said in choice.CHARTS:
        chosen.chart = said
        return
    name, _, text = said.partition("=")
    shown = chosen.settings(experiment)
    value = next((value for value, _ in _offered(experiment, shown).get(name, ()) if choice.write(value) == text), None)
    if value is None:
        return
    changes: dict[str, Any] = {name: value}
    chosen.set(choice.with_axis(shown, name, value) if name in choice.AXES else replace(shown, **changes))


def chart(
    experiment: Experiment,
    history: History,
    shown: ChartSettings,
    *,
    finished: bool,
    hides: bool = False,
    live: bool = True,
) -> Chart:
    """Build the chart that was chosen, as far as it is known.

    Parameters
    ----------
    experiment : Experiment
    history : History
    shown : Layers, Decision or Landscape
    finished : bool
        Whether the run is trained to its end, and may be shown so far.
    hides : bool
        Whether it may not.
    live : bool
        Whether the chart gets boxes for its settings. In a file they cannot be changed.
    """
    if isinstance(shown, Layers):
        made = layer_gradients(experiment, history, shown.quantity)
    elif isinstance(shown, Landscape):
        # Computed once for all visitors and for all messages of the run.
        name, make = ("surface", runs.identity(experiment), shown), partial(arrays.surface, experiment, history, shown)
        surface = partial(STORE.get, name, make, lambda surface: surface.loss.nbytes)
        made = landscape(experiment, shown, surface if finished else None, hides=hides)
    else:
        made = decision(experiment, shown)
    return replace(made, draw=partial(_with_boxes, made, experiment, shown)) if live else made


def notes(experiment: Experiment, shown: ChartSettings) -> list[str]:
    """Say what there is to know of a chart that was chosen."""
    if not isinstance(shown, Landscape):
        return []
    if len(choice.parameters(experiment)) > 2:
        rest = "The other weights are held at their final values; on the way they had others: the path is a projection."
    else:
        rest = "There are no other weights, so the path runs on the surface itself."
    return [f"Landscape: ◇ is the end. {rest}"]


def _with_boxes(made: Chart, experiment: Experiment, shown: ChartSettings) -> PlotlyJSON:
    """Draw a chart with a box for each of its settings."""
    figure = made.draw()
    boxes = [
        {
            "name": name,
            "label": _LABELS[name],
            "options": [(choice.write(value), f"{_SIGNS[name]} {text}") for value, text in offered],
            "chosen": choice.write(getattr(shown, name)),
        }
        for name, offered in _offered(experiment, shown).items()
    ]
    figure["layout"]["meta"]["settings"] = boxes
    if isinstance(shown, Decision) and experiment.in_features == 2:
        figure["layout"]["meta"]["points"] = _points(experiment, shown)
    return figure


def _points(experiment: Experiment, shown: Decision) -> dict[str, Any]:
    """Say which samples can be moved in the plane: number, place and label of each, and their columns in the table."""
    axes, names = (shown.across, shown.up), experiment.input_names
    return {
        "columns": [*axes, experiment.in_features + shown.output],
        "names": [names[axes[0]], names[axes[1]], experiment.label_names[shown.output]],
        "samples": [
            [index, *(experiment.inputs[index][axis] for axis in axes), experiment.labels[index][shown.output]]
            for index in sorted(arrays.plane(experiment, shown).order.tolist())
        ],
    }


def _offered(experiment: Experiment, shown: ChartSettings) -> dict[str, _Options]:
    """List the values of each setting of a chart, with their texts; a setting with one value only is left out."""
    if isinstance(shown, Layers):
        return {"quantity": list(choice.QUANTITIES.items())} if experiment.hidden else {}
    if isinstance(shown, Landscape):
        entries = [
            (entry, parameter_name(experiment, entry.output, entry.input, layer=entry.layer))
            for entry in choice.parameters(experiment)
        ]
        return dict.fromkeys(choice.AXES, entries)
    offered: dict[str, _Options] = {}
    if experiment.out_features > 1:
        offered["output"] = _numbered(experiment.label_names)
    if experiment.in_features > 1:
        offered |= dict.fromkeys(choice.AXES, _numbered(experiment.input_names))
    if experiment.in_features > 2:
        samples = _numbered(f"sample {number}" for number in range(1, experiment.samples + 1))
        offered["others"] = [(choice.MEAN, "mean"), *samples]
    return offered


def _numbered(names: Iterable[str]) -> list[tuple[int, str]]:
    return list(enumerate(names))
