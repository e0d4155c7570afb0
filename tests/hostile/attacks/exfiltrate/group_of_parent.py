"""Ask to which group another process belongs."""
import os


def attack():
    return os.getpgid(os.getppid())
