"""Tests of classifier/, one file for each of its modules."""
