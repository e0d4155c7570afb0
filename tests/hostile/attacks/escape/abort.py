"""Call the C library's abort."""
import os


def attack():
    os.abort()
