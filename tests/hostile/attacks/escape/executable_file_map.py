"""Map a file as code."""
import mmap
import os


def attack():
    with open(os.__file__, "rb") as file:
        return len(mmap.mmap(file.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_EXEC))
