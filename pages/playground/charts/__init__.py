"""The charts of a run, one builder each, in the order of the screen."""
