"""Watch every call and write into the local variables of the callers."""
import ctypes
import sys


def rewrite(frame, event, argument):
    names = frame.f_locals
    for name, value in list(names.items()):
        if isinstance(value, float):
            names[name] = 2.0
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))


def attack():
    sys.setprofile(rewrite)
    return 1.0
