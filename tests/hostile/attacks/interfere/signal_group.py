"""Send a signal that does nothing to the whole group, to see who is there."""
import os


def attack():
    os.killpg(os.getppid(), 0)
