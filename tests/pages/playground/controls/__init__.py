"""Tests of pages/playground/controls."""
