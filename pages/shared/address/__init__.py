"""Experiment ⇄ query parameters."""
