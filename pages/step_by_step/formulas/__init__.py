"""The phases of a step as formulas."""
