"""Teach: a lesson of 45 minutes, each line a link to what it speaks of, and how to run a class."""
