"""The functions of the graph in the tutorial's order: each with its formula, its numbers and what differs, and why."""
