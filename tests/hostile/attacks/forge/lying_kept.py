"""Return the runner's own mark of a kept object."""
import sys


def attack():
    frame = sys._getframe()
    while frame is not None:
        kept = frame.f_globals.get("Kept")
        if kept is not None:
            return kept("softmax")
        frame = frame.f_back
