"""Write into the grader's memory."""
import ctypes
import os


def attack():
    libc = ctypes.CDLL(None)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(ctypes.create_string_buffer(8)), 0)
    return libc.process_vm_writev(os.getppid(), local, 1, local, 1, 0)
