"""A real browser on the real app."""
