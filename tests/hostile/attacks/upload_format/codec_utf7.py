"""A source whose comment is code in another encoding."""


def upload():
    return "work.py", b"# coding: utf-7\n# +AAo-import os"
