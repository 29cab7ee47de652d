"""Tests of the practise page."""
