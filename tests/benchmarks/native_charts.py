"""The same charts by st.plotly_chart in a fragment that reruns itself. frames.py compares the stage with them."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.plain_figures import PlainFigures

st.set_page_config(layout="wide")
drawn = PlainFigures()


@st.fragment(run_every=0.1)
def show() -> None:
    """Show every chart at the next frame."""
    frame = st.session_state["frame"] = st.session_state.get("frame", 0) % (len(drawn.arrays["position"]) - 10) + 10
    drawn.show(frame)
    for column, (name, figure) in zip(st.columns(len(drawn.of)), drawn.of.items(), strict=True):
        figure["layout"]["title"]["text"] = f"frame {frame}"
        column.plotly_chart(figure, key=name)


show()
