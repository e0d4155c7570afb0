"""Map a file shared, to write into it."""
import mmap
import os


def attack():
    with open(os.__file__, "rb") as file:
        return len(mmap.mmap(file.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ))
