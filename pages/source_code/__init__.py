"""The source that runs."""
