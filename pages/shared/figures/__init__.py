"""Every chart of the app: arrays in, Plotly figures out. The only place that imports plotly; knows no Streamlit."""

from pages.shared.figures.base import escaped
from pages.shared.figures.training import playground

__all__ = ["escaped", "playground"]
