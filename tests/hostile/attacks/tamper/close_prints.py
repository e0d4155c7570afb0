"""Close the pipes on which prints go, and answer."""
import os


def attack():
    for number in (1, 2):
        try:
            os.close(number)
        except OSError:
            continue
    return 1.0
