"""Fill memory with anonymous maps, beside Python's allocator."""
import mmap


def attack():
    return len([mmap.mmap(-1, 1 << 27, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(64)])
