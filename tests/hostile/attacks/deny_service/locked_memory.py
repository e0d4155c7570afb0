"""Lock memory so that it cannot be swapped."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(3):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 1.0
