"""Charts of the other pages."""
