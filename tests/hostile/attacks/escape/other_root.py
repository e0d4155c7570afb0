"""Change the root folder."""
import os


def attack():
    os.chroot("/")
