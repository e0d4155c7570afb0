"""Announce an array of Python objects."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["O8", [1]]]}'
    os.write(3, struct.pack("<I", len(header)) + header + bytes(8))
    time.sleep(60)
