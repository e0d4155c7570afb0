"""Read the processor time of another process off its own clock, to a billionth of a second."""
import os
import time


def attack():
    return time.clock_gettime((~os.getppid() << 3) | 2)
