"""Have the kernel itself hold a lock, and hand on its priority: the part of it that was broken most often."""
import ctypes


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(202, ctypes.create_string_buffer(4), 134, 0, None, None, 0) < 0:
        raise OSError(ctypes.get_errno(), "futex")
