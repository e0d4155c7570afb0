"""Signed messages to programs of a course's own: sent until they arrive, kept where they do not."""
