"""Open a folder as a path only, then a file relative to it."""
import os


def attack(folder):
    place = os.open(folder, os.O_PATH)
    return os.read(os.open("answers.py", os.O_RDONLY, dir_fd=place), 100).decode()
