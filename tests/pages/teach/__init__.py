"""Tests of the lesson: its links, and what it says of them."""
