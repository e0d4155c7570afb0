"""Mount a file system."""
import ctypes


def attack():
    return ctypes.CDLL(None).mount(b"none", b"/nowhere", b"tmpfs", 0, 0)
