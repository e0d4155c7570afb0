"""A notebook whose format is an int of half a million digits."""


def upload():
    return "work.ipynb", b'{"cells": [], "nbformat": ' + b"9" * 500000 + b"}"
