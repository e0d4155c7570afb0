"""Leave a compiled module for whoever imports next."""
import os
import py_compile


def attack():
    py_compile.compile(os.__file__, cfile="/tmp/left.pyc", doraise=True)
