"""The charts of one step."""
