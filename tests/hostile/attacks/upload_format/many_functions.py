"""More functions than anybody grades."""


def upload():
    return "work.py", b"".join(b"def f%d(): pass\n" % number for number in range(50000))
