"""An exception whose traceback was made by hand, at a line that no file has."""
import sys
import types


def attack():
    raise ValueError("far").with_traceback(types.TracebackType(None, sys._getframe(), 0, (1 << 31) - 1))
