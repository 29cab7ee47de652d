"""Plotly's own rules for figures, which the app does without: to be held to them costs milliseconds a chart."""

from __future__ import annotations

import json

import plotly.graph_objects as go


def assert_plotly_reads(figure: dict) -> None:
    """Hold a figure to Plotly's rules: each name is one of its attributes, each value allowed, none is put right."""
    read = go.Figure(figure).to_plotly_json()
    assert json.loads(json.dumps(read)) == json.loads(json.dumps(figure))
