"""Wake who waits at a place in a library, which lies in every process."""
import ctypes


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    place = ctypes.cast(libc.printf, ctypes.c_void_p).value & ~3
    if libc.syscall(202, ctypes.c_void_p(place), 1, 1, None, None, 0) < 0:
        raise OSError(ctypes.get_errno(), "futex")
