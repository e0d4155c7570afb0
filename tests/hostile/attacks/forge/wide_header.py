"""A header with more entries than a value may have."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["l", [' + b",".join([b"1"] * 25000) + b']], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
