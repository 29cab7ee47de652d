"""The playground: samples, settings and the run that follows from them."""
