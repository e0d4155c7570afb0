"""What staff set and decide, done alike by pages, API and commands."""
