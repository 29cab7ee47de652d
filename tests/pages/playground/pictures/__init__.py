"""Tests of pages/playground/pictures."""
