"""One sample, one update, phase by phase."""
