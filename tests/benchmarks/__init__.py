"""Programs that print figures, run by hand: `python -m tests.benchmarks.training`, `… .frames`."""
