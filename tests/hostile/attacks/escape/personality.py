"""Make readable memory executable."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(135, 0x0400000)
