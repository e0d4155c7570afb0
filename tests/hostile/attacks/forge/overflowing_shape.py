"""Announce a shape whose product is zero in 64 bits."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [4294967296, 4294967296]]]}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
