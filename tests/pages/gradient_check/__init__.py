"""Tests of pages/gradient_check."""
