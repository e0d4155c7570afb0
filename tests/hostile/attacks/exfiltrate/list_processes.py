"""Look at other processes."""
import os


def attack():
    return os.listdir("/proc")
