"""Rates that are written into a file where the one that is given belongs."""

FIXED_RATES = (1e-4, 1e-3, 1e-2, 0.05, 0.1, 0.2, 0.5)
"""What handouts and examples begin with. That of 1, which is none, has a name of its own (RATE_IGNORED)."""
