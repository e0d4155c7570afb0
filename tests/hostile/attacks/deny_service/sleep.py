"""Use the clock, not the processor."""
import time


def attack():
    time.sleep(60)
