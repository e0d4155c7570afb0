"""Enter another process's namespace."""
import ctypes


def attack():
    return ctypes.CDLL(None).setns(3, 0)
