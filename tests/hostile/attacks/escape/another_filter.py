"""Put another filter of system calls before ours."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(317, 1, 0, ctypes.create_string_buffer(16))
