"""Write the answer of the next call before it is asked."""
import json
import os
import struct


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": []}).encode()
    os.write(3, struct.pack("<I", len(header)) + header)
    return 2.0
