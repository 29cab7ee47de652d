"""The charts of a run, one builder each, in the order of the screen.

They hold no numbers that move: those come as frames, and each chart's bindings say where they go.
"""

from collections.abc import Callable
from typing import Final

from pages.playground.charts.layer_gradients import layer_gradients
from pages.playground.charts.loss import loss
from pages.playground.charts.network import network
from pages.playground.charts.parameters import gradients, weights
from pages.playground.charts.run_shown import RunShown
from pages.playground.charts.samples import predictions
from pages.shared.charts.chart import Chart

BUILDERS: Final[tuple[Callable[[RunShown], Chart], ...]] = (
    network,
    predictions,
    loss,
    weights,
    gradients,
    lambda run: layer_gradients(run.experiment, run.history),
)
"""A further chart is one more builder here; if it shows a new quantity, one more array in frames.py."""


def build(run: RunShown) -> list[Chart]:
    """Build the playground's charts in the order of the screen."""
    return [builder(run) for builder in BUILDERS]
