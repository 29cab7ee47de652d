"""What determines a run, and the rules that it keeps."""
