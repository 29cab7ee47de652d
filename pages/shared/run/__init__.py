"""One trained run for everybody, and which step of it is shown."""
