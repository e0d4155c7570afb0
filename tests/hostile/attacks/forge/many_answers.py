"""Send a thousand answers in advance, and leave."""
import os
import struct


def attack():
    header = b'{"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": []}'
    os.write(3, (struct.pack("<I", len(header)) + header) * 500)
    os._exit(0)
