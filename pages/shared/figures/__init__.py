"""Every chart of the app: arrays in, Plotly figures out. The only place that imports plotly; knows no Streamlit."""

from plotly.graph_objects import Figure

from pages.shared.charts.base import escaped, themed
from pages.shared.figures.decision import decision
from pages.shared.figures.landscape import landscape
from pages.shared.figures.training import Pinned, playground

__all__ = ["Figure", "Pinned", "decision", "escaped", "landscape", "playground", "themed"]
