"""A queue that another submission can find by name."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(240, b"queue", 0o102, 0o600, 0)
