"""Let machine code lie elsewhere, at an address of one's own choice, where data may be put in its place."""
import ctypes


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.cast(libc.printf, ctypes.c_void_p).value & ~4095
    libc.mremap.restype = libc.mmap.restype = ctypes.c_void_p
    moved = libc.mremap(ctypes.c_void_p(code), ctypes.c_size_t(4096), ctypes.c_size_t(4096), 5, None)  # and keep the old place
    writable = libc.mprotect(ctypes.c_void_p(moved), ctypes.c_size_t(4096), 3)
    if writable or libc.mprotect(ctypes.c_void_p(moved), ctypes.c_size_t(4096), 5):
        raise OSError(ctypes.get_errno(), "mprotect")
    return moved
