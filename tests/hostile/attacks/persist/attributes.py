"""Leave a note in a file's attributes."""
import os


def attack():
    os.setxattr(os.__file__, "user.left", b"left")
