"""Recurse in compiled code until the stack is gone."""
import sys


def attack():
    sys.setrecursionlimit(1 << 30)
    nested = []
    for _ in range(1000000):
        nested = [nested]
    return repr(nested)
