"""A header that says one kind first and another later."""
import os
import struct
import time


def attack():
    header = b'{"k": "raised", "k": "ready", "v": null, "v": {"a": 1}, "a": [], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
