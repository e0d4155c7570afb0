"""Ask to which session another process belongs: whose number is known, is there."""
import os


def attack():
    return os.getsid(os.getppid())
