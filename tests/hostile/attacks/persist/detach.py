"""Leave the session to outlive the grader."""
import os


def attack():
    os.setsid()
