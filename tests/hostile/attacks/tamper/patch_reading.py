"""Break the runner from its own frames: its names, its encoder, its length."""
import sys


def attack():
    frame = sys._getframe()
    while frame is not None:
        if "encode_returned" in frame.f_globals:
            frame.f_globals["encode_returned"] = lambda value, arguments: None
        frame = frame.f_back
    return 1.0
