"""Every derivative by two ways."""
