"""Memory that another submission can find by number."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(0x51, 4096, 0o1666) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 1.0
