"""Announce arrays whose sizes cancel each other."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [-1, -8]]]}'
    os.write(3, struct.pack("<I", len(header)) + header + bytes(64))
    time.sleep(60)
