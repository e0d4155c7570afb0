"""Decides: runs a submission in the sandbox, compares it with the reference and writes the report."""
