"""Load a library that was left somewhere."""
import ctypes


def attack(folder):
    ctypes.CDLL(folder + "/answers.py")
