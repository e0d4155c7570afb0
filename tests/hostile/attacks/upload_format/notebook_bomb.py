"""JSON nested deeper than a parser's stack."""


def upload():
    return "work.ipynb", b"[" * 500000
