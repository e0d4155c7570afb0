"""A file without a name in a shared folder."""
import os


def attack():
    os.open("/tmp", os.O_TMPFILE | os.O_RDWR)
