"""Warn without end."""
import warnings


def attack():
    warnings.simplefilter("always")
    while True:
        warnings.warn("flood " * 1000)
