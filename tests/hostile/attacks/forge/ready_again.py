"""Greet again instead of answering."""
import os
import struct
import time


def attack():
    header = b'{"k": "ready", "v": ["d", [["user", 0]]], "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
