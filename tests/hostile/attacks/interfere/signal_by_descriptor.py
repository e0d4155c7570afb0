"""Hold the grader by a descriptor and signal it with nothing."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None)
    return libc.syscall(424, libc.syscall(434, os.getppid(), 0), 0, 0, 0)
