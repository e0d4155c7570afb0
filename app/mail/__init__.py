"""Mail: what is written, how it is sent, and what is still owed."""
