"""A page with a player as one HTML file: opened without a server, it sends no request."""
