"""Gradient check: every derivative by its formula and by a difference."""
