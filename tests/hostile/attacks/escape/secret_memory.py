"""Memory that the kernel itself does not map."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(447, 0)
