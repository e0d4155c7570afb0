"""Ask for a second stack, which is neither private nor shared memory by its flags."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(453, 0, ctypes.c_size_t(1 << 20), 0)
