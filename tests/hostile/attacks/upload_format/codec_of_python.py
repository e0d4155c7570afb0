"""A source that asks to be decoded by a program."""


def upload():
    return "work.py", b"# coding: unicode_escape\nx = 1\\nimport os"
