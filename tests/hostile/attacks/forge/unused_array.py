"""A buffer that no value uses."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": [["f8", [1]]]}'
    os.write(3, struct.pack("<I", len(header)) + header + bytes(8))
    time.sleep(60)
