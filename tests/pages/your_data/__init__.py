"""Tests of pages/your_data."""
