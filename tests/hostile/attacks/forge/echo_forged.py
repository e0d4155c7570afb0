"""Claim other arguments than were given, of another kind."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["f", "0x1p+0"], ["d", [["x", 1]]]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
