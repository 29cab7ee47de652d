"""The keys of one letter that act anywhere on a page."""
