"""Where the tutorial's formulas break."""
