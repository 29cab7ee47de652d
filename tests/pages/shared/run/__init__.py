"""Tests of pages/shared/run."""
