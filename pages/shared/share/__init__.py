"""Share, and one file per format that it gives."""
