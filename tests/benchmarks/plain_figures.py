"""The playground's first charts as plain Plotly figures, for the apps that draw them by st.plotly_chart."""

from typing import Any

from classifier import Experiment
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs


class PlainFigures:
    """The charts of the tutorial's finished run: `of` has the figures by name, `show` puts a position into them."""

    def __init__(self) -> None:
        run = runs.shared_run(Experiment.tutorial())
        run.advance()
        there = screen(run, 0, Choice())
        self.arrays = there.frames(slice(None)) | {"position": run.history.position}
        self.of = figures(there.charts)
        # Links and hovered numbers are put together in the browser: of them there is no array.
        self.bindings = [b for b in bindings(there.charts) if b["attribute"] in "xyz" and isinstance(b["array"], str)]

    def show(self, position: int) -> None:
        """Let every trace have its numbers at a position."""
        for binding in self.bindings:
            array, how = self.arrays[binding["array"]], binding.get("how", "at")
            stop = len(array) if how == "all" else position + 1
            shown: Any = array[position] if how == "at" else array[binding.get("first", 0) : stop]
            trace = self.of[binding["figure"]]["data"][binding["trace"]]
            trace[binding["attribute"]] = shown.tolist() if shown.ndim == 2 else shown.reshape(-1).tolist()
