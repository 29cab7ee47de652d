"""Tests of classifier/experiment."""
