"""Change the segments of this process."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(154, 0, ctypes.create_string_buffer(64), ctypes.c_size_t(64))
