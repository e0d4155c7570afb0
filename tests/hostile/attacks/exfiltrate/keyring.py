"""Read the kernel's keyring of the session."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(250, 11, -3, ctypes.create_string_buffer(64), 64, 0)
