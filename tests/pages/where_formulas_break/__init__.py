"""Tests of pages/where_formulas_break."""
