"""Queue a signal of number zero for the grader."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(129, os.getppid(), 0, ctypes.create_string_buffer(128)) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 1.0
