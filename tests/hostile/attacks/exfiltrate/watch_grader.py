"""Count the grader's instructions."""
import ctypes
import os


def attack():
    return ctypes.CDLL(None).syscall(298, ctypes.create_string_buffer(128), os.getppid(), -1, -1, 0)
