"""Watch and delay every step of the runner."""
import sys


def attack():
    sys.settrace(lambda *arguments: None)
    sys.setprofile(lambda *arguments: None)
    return 1.0
