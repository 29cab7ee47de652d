"""Tests of pages/shared/address."""
