"""Input and output that no filter of system calls sees."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(425, 1, ctypes.create_string_buffer(120))
