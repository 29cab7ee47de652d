"""The playground's first charts by st.plotly_chart alone: what Streamlit itself needs. pages.py compares with it."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.plain_figures import PlainFigures


@st.cache_resource
def drawn() -> list[dict[str, object]]:
    """Build the figures once, with the numbers of one position."""
    plain = PlainFigures()
    plain.show(318)
    return list(plain.of.values())


st.set_page_config(layout="wide")
for i, (column, figure) in enumerate(zip([*st.columns(3), *st.columns(3)], drawn(), strict=True)):
    column.plotly_chart(figure, key=str(i))
