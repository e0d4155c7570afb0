"""Send one answer by hand and let a second follow."""
import json
import os
import struct


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": []}).encode()
    frame = struct.pack("<I", len(header)) + header
    os.write(3, frame + frame)
    os._exit(0)
