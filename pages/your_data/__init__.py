"""A table of one's own."""
