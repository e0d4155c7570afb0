"""Take the memory of another process away."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(448, 0, 0)
