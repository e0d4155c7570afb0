"""Leave a key in the kernel's keyring."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(248, b"user", b"left", b"x", 1, -3)
