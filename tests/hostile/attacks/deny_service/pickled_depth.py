"""Pickle something nested deeper than the stack."""
import pickle
import sys


def attack():
    sys.setrecursionlimit(1 << 30)
    nested = []
    for _ in range(200000):
        nested = [nested]
    return len(pickle.dumps(nested))
