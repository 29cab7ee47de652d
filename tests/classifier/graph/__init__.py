"""Tests of classifier/graph."""
