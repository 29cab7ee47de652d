"""Several experiments that differ in one thing."""
