"""Tests of classifier/insight."""
