"""Tests of pages/source_code."""
