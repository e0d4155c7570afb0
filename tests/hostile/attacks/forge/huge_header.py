"""Announce an array of a terabyte."""
import json
import os
import struct
import time


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [1 << 20, 1 << 17]]]}).encode()
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
