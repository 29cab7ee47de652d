"""Tests of pages/shared/session."""
