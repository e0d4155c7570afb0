"""Empty a planted file."""
import os


def attack(folder):
    os.truncate(folder + "/answers.py", 0)
