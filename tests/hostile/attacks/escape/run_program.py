"""Run a program."""
import os
import subprocess


def attack():
    try:
        subprocess.run(["/bin/sh", "-c", "id"])
    except OSError:
        os.execv("/bin/sh", ["sh", "-c", "id"])
