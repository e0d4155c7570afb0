"""A header nested deeper than a parser's stack."""
import os
import struct
import time


def attack():
    header = b"[" * 50000
    os.write(3, struct.pack("<I", len(header)) + header)
    time.sleep(60)
