"""Fork twice, so that nobody waits for the child."""
import os


def attack():
    if os.fork() == 0:
        os._exit(0)
    return 1.0
