"""Forge the frame of an error with lines that no file has."""
import os
import struct
import time


def attack():
    header = b'{"k": "raised", "v": ["t", ["ValueError", "", -1, ["t", []]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
