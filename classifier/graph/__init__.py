"""The graph by hand: layers, loss, network. Nothing else is needed to understand it."""
