"""Tests of pages/shared/draft."""
