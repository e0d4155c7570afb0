"""Forge an error about memory and live on."""
import os
import struct
import time


def attack():
    header = b'{"k": "raised", "v": ["t", ["MemoryError", "", 0, ["t", []]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
