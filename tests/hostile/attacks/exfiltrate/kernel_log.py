"""Read what the kernel said."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(103, 3, ctypes.create_string_buffer(4096), 4096)
