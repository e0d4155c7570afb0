"""The same calls under the numbers of another ABI."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(0x40000000 + 57)
