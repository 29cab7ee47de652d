"""Name the pages. Streamlit runs this file first at every visit, whatever page the address asks for."""

import streamlit as st

st.set_page_config(page_title="Backprop by Hand", layout="wide")
st.navigation(
    [st.Page("playground.py", title="Playground", default=True)],
    position="top",
).run()
