"""Look for secrets in the environment."""
import ctypes
import os


def attack(names):
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    return [name for name in names if libc.getenv(name.encode()) or name in os.environ]
