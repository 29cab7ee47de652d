"""Every derivative of the graph, line by line."""
