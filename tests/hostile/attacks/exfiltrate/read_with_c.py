"""Open a file through the C library, beside every check in Python."""
import ctypes
import os


def attack(folder):
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.open((folder + "/answers.py").encode(), 0)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return os.read(descriptor, 100).decode()
