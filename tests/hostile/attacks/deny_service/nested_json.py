"""Write JSON nested deeper than the recursion limit."""
import json


def attack():
    nested = []
    for _ in range(100000):
        nested = [nested]
    return len(json.dumps(nested))
