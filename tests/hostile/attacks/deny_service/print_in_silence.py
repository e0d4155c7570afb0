"""Print bytes without a line end, then wait."""
import os
import time


def attack():
    os.write(1, b"x" * 10000)
    time.sleep(60)
