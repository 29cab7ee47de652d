"""Plotly.js out of the installed plotly package: the address at which the app serves it, and its source."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PLOTLY_JS: Final = f"plotly.min.js?v={version('plotly')}"
"""Where app.py serves it, relative to the page; the version lets a browser keep the answer for good."""


def plotly_source() -> str:
    """Read Plotly.js: 4.8 MB."""
    spec = find_spec("plotly")  # finds the folder; imports nothing
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    return Path(spec.submodule_search_locations[0], "package_data", "plotly.min.js").read_text("utf-8")
