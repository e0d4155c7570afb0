"""Report another loading instead of answering."""
import os
import struct
import time


def attack():
    header = b'{"k": "loaded", "v": ["t", [["t", []], ["t", []], ["t", []], ["t", []]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
