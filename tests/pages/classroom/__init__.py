"""Tests of pages/classroom."""
