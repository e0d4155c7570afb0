"""A file in memory, which grows outside the limit on data."""
import os


def attack():
    return os.memfd_create("hoard")
