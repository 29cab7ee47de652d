"""The graph by hand, in the tutorial's order: layers, loss, network. Nothing else is needed to understand it."""
