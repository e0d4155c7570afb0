"""A header with an int of fifty thousand digits."""
import os
import struct
import time


def attack():
    header = b'{"k": "returned", "v": ' + b"9" * 50000 + b', "a": []}'
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
