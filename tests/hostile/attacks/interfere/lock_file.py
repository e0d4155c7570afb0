"""Lock a file that every process of the interpreter opens."""
import fcntl
import os


def attack():
    fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
