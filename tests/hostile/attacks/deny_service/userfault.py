"""Handle page faults oneself, which stops the kernel where one likes."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(323, 0)
