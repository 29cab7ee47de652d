"""The real app in three engines."""
