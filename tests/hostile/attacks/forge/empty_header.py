"""Announce a header of no bytes."""
import os
import time


def attack():
    os.write(3, b"\0\0\0\0")
    time.sleep(60)
