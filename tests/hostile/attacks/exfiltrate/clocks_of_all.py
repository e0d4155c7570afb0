"""Count the processes that have a clock, this one left out."""
import os
import time


def attack():
    found = []
    for number in range(1, 2000):
        try:
            time.clock_gettime((~number << 3) | 2)
        except OSError:
            continue
        found.append(number)
    return sorted({*found} - {os.getpid()})
