"""A source of another Python."""


def upload():
    return "work.py", b"print 'hello'\nexec 'import os'"
