"""Practise: a step done by hand, marked entry by entry."""
