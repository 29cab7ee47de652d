"""The controls alone on a page, for test_table.py: no run, no charts, nothing to wait for."""

import streamlit as st

from pages.playground.controls import panel
from pages.shared.session import address

st.set_page_config(layout="wide", initial_sidebar_state=340)
own = address.open_page("panel")
for notice in address.notices():
    st.text(notice)
with st.sidebar:
    panel.experiment_panel()
address.write(own)
