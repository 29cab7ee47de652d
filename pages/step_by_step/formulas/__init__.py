"""The eight phases of a step as formulas."""
