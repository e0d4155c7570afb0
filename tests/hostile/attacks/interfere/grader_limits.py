"""Read and lower the limits of the grader."""
import os
import resource


def attack():
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE)
