"""Numbers typed and shown, names and quoting: pure strings."""
