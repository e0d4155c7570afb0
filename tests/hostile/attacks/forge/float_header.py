"""A header with a plain decimal, where floats travel as hexadecimal texts."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [1e999, ["t", []]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
