"""Surrogates and overlong forms in UTF-8."""


def upload():
    return "work.py", b"x = '\xed\xa0\x80\xc0\xaf'"
