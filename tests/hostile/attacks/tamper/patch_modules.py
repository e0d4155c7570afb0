"""Empty the table of modules."""
import sys


def attack():
    sys.modules.clear()
    return 1.0
