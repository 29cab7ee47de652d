"""Tests of pages/shared/share."""
