"""White space only."""


def upload():
    return "work.py", b" \n\t\r\n" * 1000
