"""One sample, one update, in eight phases."""
