"""The controls alone on a page, for test_table.py: no run, no charts, nothing to wait for."""

import streamlit as st

from pages.frame import frame
from pages.playground.controls import panel

st.set_page_config(layout="wide", initial_sidebar_state=340)
with frame.page("panel"), st.sidebar:
    panel.experiment_panel()
