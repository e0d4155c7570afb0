"""A name that ends early."""


def upload():
    return "left.sh\0.py", b"x = 1"
