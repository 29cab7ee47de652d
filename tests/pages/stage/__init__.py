"""Tests of pages/stage."""
