"""Tests of pages/step_by_step."""
