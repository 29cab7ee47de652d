"""Tests of pages/hosting."""
