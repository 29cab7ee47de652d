"""What can be said of a run and of the formulas: diagnosis, outcomes, checks, and where they break."""
