"""Reach a file by a path with many dots from a folder that may be read."""
import os


def attack(folder):
    return open(os.path.dirname(os.__file__) + "/.." * 12 + folder + "/answers.py").read()
