"""Announce one number and send two."""
import json
import os
import struct
import time


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [1]]]}).encode()
    os.write(3, struct.pack("<I", len(header)) + header + bytes(16))
    time.sleep(60)
