"""Ask for every capability."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(126, (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6))
