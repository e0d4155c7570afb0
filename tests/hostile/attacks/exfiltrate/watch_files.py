"""Be told of every file that is opened on this machine."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(300, 0, 0)
