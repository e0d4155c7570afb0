"""Announce a header of four gigabytes."""
import os
import time


def attack():
    os.write(3, b"\xff\xff\xff\xff")
    time.sleep(60)
