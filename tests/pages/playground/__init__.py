"""Tests of pages/playground."""
