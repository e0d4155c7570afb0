"""Wait for a child of somebody else."""
import os


def attack():
    return os.waitpid(-1, os.WNOHANG)
