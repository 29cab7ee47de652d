"""A component of a page: its HTML, and the JavaScript and the style that lie beside each other in its folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.stage.javascript import bundled

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["component"]


def component(entry: Path, html: str, *, isolate_styles: bool = True, style: str = "") -> ComponentRenderer:
    """Register a component that a JavaScript module draws, with the style sheet of the same name beside it.

    Streamlit asks for this once in a process, so call it at the top level of a Python module.

    Parameters
    ----------
    entry : Path
        The entry module, as `bundled` takes it; its name is the component's.
    html : str
    isolate_styles : bool
        False for a component that reads, styles or describes the page around it.
    style : str
        CSS beside that of the style sheet.
    """
    css = entry.with_suffix(".css").read_text("utf-8") + style
    return st.components.v2.component(entry.stem, html=html, css=css, js=bundled(entry), isolate_styles=isolate_styles)
