"""Check figures by Plotly's own rules. The app does not: the check takes milliseconds a chart."""

from __future__ import annotations

import json

import plotly.graph_objects as go


def assert_plotly_reads(figure: dict) -> None:
    """Assert that Plotly knows every attribute of a figure, allows every value, and changes none."""
    read = go.Figure(figure).to_plotly_json()
    assert json.loads(json.dumps(read)) == json.loads(json.dumps(figure))
