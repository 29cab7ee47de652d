"""The same charts by st.plotly_chart in a fragment that reruns itself. frames.py compares the stage with them."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import Experiment
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs

st.set_page_config(layout="wide")
experiment = Experiment.tutorial()
run = runs.shared_run(experiment)
run.advance()
shown = screen(run, 0, Choice())
drawn = figures(shown.charts)
played = shown.frames(slice(None))
played["position"] = run.history.position
bound = bindings(shown.charts)


@st.fragment(run_every=0.1)
def show() -> None:
    """Show every chart at the next frame."""
    st.session_state["frame"] = (st.session_state.get("frame", 0) + 10) % len(run.history)
    frame = st.session_state["frame"] or 10
    for column, (name, figure) in zip(st.columns(len(drawn)), drawn.items(), strict=True):
        for binding in bound:
            if binding["figure"] != name or binding["attribute"] not in ("x", "y", "z"):
                continue
            array = played[binding["array"]]
            shown = array[binding.get("first", 0) : frame] if binding.get("how") == "up_to" else array[frame]
            shown = array[1:] if binding.get("how") == "all" else shown
            one = binding.get("how", "at") == "at" and shown.ndim == 0
            figure["data"][binding["trace"]][binding["attribute"]] = [float(shown)] if one else shown.tolist()
        figure["layout"]["title"]["text"] = f"frame {frame}"
        column.plotly_chart(figure, key=name)


show()
