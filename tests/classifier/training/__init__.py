"""Tests of classifier/training."""
