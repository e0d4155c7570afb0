"""Import the grader, the reference and the service."""
import importlib
import sys


def attack():
    found = []
    for name in ("grader", "grader.sandbox.inside.wire", "reference", "reference.catalog", "app", "submissions", "wire"):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        found.append(name)
    return found + [name for name in sys.modules if name.startswith(("grader", "reference"))]
