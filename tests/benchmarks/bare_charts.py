"""The playground's first charts by st.plotly_chart alone: what Streamlit itself needs. pages.py compares with it."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import Experiment
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs

POSITION = 318


@st.cache_resource
def drawn() -> list[dict[str, object]]:
    """Build the figures once, with the numbers of one position."""
    run = runs.shared_run(Experiment.tutorial())
    run.advance()
    there = screen(run, 0, Choice())
    arrays = there.frames(slice(None)) | {"position": run.history.position}
    of = figures(there.charts)
    for binding in bindings(there.charts):
        if binding["attribute"] in ("x", "y", "z") and isinstance(binding["array"], str):
            array, how = arrays[binding["array"]], binding.get("how", "at")
            stop = len(array) if how == "all" else POSITION + 1
            shown = array[POSITION] if how == "at" else array[binding.get("first", 0) : stop]
            of[binding["figure"]]["data"][binding["trace"]][binding["attribute"]] = (
                shown.reshape(-1).tolist() if shown.ndim < 2 else shown.tolist()
            )
    return list(of.values())


st.set_page_config(layout="wide")
for i, (column, figure) in enumerate(zip([*st.columns(3), *st.columns(3)], drawn(), strict=True)):
    column.plotly_chart(figure, key=str(i))
