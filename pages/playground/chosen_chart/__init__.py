"""Charts in the place of the gradients by layer: decision and landscape."""
