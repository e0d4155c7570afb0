"""A pattern that takes longer than the universe, inside one call of compiled code."""
import re


def attack():
    return bool(re.match(r"(a+)+$", "a" * 60 + "b"))
