"""Tests of pages/compare."""
