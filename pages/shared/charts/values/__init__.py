"""The values of charts for the keyboard and for screen readers."""
