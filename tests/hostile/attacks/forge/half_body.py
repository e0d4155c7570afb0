"""Announce an array and send half of it, then leave."""
import json
import os
import struct


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["f8", [4]]]}).encode()
    os.write(3, struct.pack("<I", len(header)) + header + bytes(16))
    os._exit(0)
