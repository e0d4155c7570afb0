"""More bytes than are kept."""


def upload():
    return "work.py", b"#" * ((1 << 20) + 1)
