"""Log lines: which request and which grading each is about, and nothing that somebody could use or should not read."""
