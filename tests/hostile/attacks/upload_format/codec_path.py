"""A source whose codec is a path."""


def upload():
    return "work.py", b"# coding: ..left\nx = 1"
