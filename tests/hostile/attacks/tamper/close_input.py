"""Close the pipe on which questions come."""
import os


def attack():
    os.close(0)
    return 1.0
