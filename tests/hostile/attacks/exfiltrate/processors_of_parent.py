"""Ask on which processors another process may run."""
import os


def attack():
    return len(os.sched_getaffinity(os.getppid()))
