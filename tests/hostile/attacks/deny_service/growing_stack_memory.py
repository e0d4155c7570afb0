"""Memory counted as stack, which the limit on data does not count."""
import mmap


def attack():
    maps = [mmap.mmap(-1, 1 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x0100) for _ in range(8)]
    return len(maps)
