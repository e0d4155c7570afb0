"""Make rules of Landlock, which are a descriptor that nobody counts on."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1)
