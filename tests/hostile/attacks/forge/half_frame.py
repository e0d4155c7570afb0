"""Send the beginning of an answer, and sleep."""
import json
import os
import struct
import time


def attack():
    header = json.dumps({"k": "returned", "v": ["t", [["f", "0x1p+0"], ["t", []]]], "a": []}).encode()
    os.write(3, struct.pack("<I", len(header)) + header[:-3])
    time.sleep(60)
