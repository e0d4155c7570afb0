"""Memory that the memory limit does not count."""
import mmap


def attack():
    return len(mmap.mmap(-1, 1 << 30, mmap.MAP_SHARED))
