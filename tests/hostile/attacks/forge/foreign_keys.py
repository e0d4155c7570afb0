"""A header with the fields of another protocol."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": null, "a": [], "verdict": "passed", "points": 100}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
