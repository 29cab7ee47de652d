"""The charts that can be chosen in place of the gradients by layer: decision and landscape."""
