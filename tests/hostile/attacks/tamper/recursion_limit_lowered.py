"""Leave no room for a single further call."""
import sys


def attack():
    depth = 0
    frame = sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 3)
    return [[[[1.0]]]]
