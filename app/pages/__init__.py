"""HTML routes and the one way to make HTML."""
