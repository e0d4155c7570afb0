"""Connect a descriptor that might be a socket."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.connect(3, b"\2\0\0\1\x7f\0\0\1" + bytes(8), 16) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 1.0
