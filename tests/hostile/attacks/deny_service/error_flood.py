"""Write to the pipe of errors without end."""
import os


def attack():
    while True:
        os.write(2, b"flood " * 1000)
