"""Tests of pages/shared/share/page_html."""
