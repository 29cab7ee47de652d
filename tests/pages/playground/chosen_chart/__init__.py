"""Tests of pages/playground/chosen_chart."""
