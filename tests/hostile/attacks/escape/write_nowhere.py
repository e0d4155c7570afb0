"""Write to memory that is not there."""
import ctypes


def attack():
    ctypes.memset(1, 0, 1)
