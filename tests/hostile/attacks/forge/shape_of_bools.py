"""Announce a shape of truth values and texts."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [true, "1"]]]}'
    os.write(3, struct.pack("<I", len(header)) + header + bytes(8))
    time.sleep(60)
