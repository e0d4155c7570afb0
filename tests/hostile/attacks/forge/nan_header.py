"""A header with numbers that JSON does not know."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [NaN, ["t", []]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
