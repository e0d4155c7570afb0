"""A source in a codec that is no encoding."""


def upload():
    return "work.py", b"# -*- coding: rot13 -*-\nvzcbeg bf"
