"""Tests of the problems to do by hand."""
