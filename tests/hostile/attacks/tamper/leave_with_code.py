"""End with the code that a shell gives to a killed program."""
import os


def attack():
    os._exit(137)
