"""Touch memory that is not there."""
import ctypes


def attack():
    return ctypes.string_at(0)
