"""Your data: the visitor's own table becomes the samples."""
