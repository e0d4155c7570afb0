"""Open the pipe of somebody else by its name."""
import os


def attack():
    return os.open("/proc/%d/fd/3" % os.getppid(), os.O_RDONLY)
