"""Ask for a higher priority."""
import os


def attack():
    os.nice(-5)
