"""Read a device."""
import os


def attack():
    return os.open("/dev/full", os.O_RDONLY)
