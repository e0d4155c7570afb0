"""Print the frame of an answer where prints go."""
import json
import os
import struct


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": []}).encode()
    os.write(1, struct.pack("<I", len(header)) + header)
    os._exit(0)
