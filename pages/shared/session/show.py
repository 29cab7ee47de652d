"""Show a figure on a page whose charts change on a click; what plays is shown by the stage."""

from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from pages.shared.charts.base import themed
from pages.shared.charts.enlarged import enlarged
from pages.shared.session.state import current

__all__ = ["Figure", "show"]

_CONFIG = {"displayModeBar": False}


def show(figure: Figure, key: str, **options: Any) -> Any:  # noqa: ANN401 - Streamlit's own types
    """Draw a figure in the visitor's theme, as wide as its container, and enlarged while it is presented.

    ``options`` go to `st.plotly_chart`.
    """
    drawn = themed(figure, st.context.theme.type)
    if current().presenting:
        drawn = enlarged(drawn)
    return st.plotly_chart(drawn, key=key, theme=None, config=_CONFIG, **options)
