"""Open a file by its handle, which needs no path."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(304, -100, ctypes.create_string_buffer(64), 0)
