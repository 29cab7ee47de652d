"""The folders of tests mirror those of the code; benchmarks/ holds programs that print figures."""
