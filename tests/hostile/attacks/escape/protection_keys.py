"""Change the protection of memory through keys."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(329, 0, 4096, 7, -1)
