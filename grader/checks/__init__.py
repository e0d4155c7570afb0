"""One file a kind of check."""
