"""Tests mirror the tree; benchmarks/ holds programs that print figures."""
