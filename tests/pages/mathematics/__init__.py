"""Tests of pages/mathematics."""
