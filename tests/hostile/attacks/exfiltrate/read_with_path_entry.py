"""Put a folder in front of the import path and import from it."""
import importlib
import sys


def attack(folder):
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    return float(importlib.import_module("answers").ANSWER)
