"""Training: one loop, slices of it, what is kept of them, and any step again."""
