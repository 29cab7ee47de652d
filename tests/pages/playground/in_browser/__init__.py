"""Tests of pages/playground/in_browser."""
