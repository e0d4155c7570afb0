"""Remove a planted file."""
import os


def attack(folder):
    os.unlink(folder + "/answers.py")
