"""Open pipes until there are none left for anybody."""
import os


def attack():
    return len([os.pipe() for _ in range(100)])
