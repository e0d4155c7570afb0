"""Read the next call before the runner does."""
import os


def attack():
    os.read(0, 1 << 20)
