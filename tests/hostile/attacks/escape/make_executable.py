"""Turn memory that holds data into memory that holds code."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.valloc.restype = ctypes.c_void_p
    page = libc.valloc(4096)
    if libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(4096), 7):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 1.0
