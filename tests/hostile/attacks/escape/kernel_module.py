"""Load a module into the kernel."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(313, -1, b"", 0)
