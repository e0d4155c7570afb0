"""Run a program from a descriptor."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(322, os.open(os.__file__, os.O_RDONLY), b"", 0, 0, 0x1000) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
