"""Read the grader's memory as a file."""
import os


def attack():
    return open(f"/proc/{os.getppid()}/mem", "rb").read(1)
