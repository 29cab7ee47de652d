"""What stands in the controls, as typed, and what it means."""
