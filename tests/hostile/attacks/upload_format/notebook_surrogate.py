"""Half a character in a cell."""


def upload():
    return "work.ipynb", b'{"cells": [{"cell_type": "code", "source": "x = \\"\\ud800\\""}], "nbformat": 4}'
