"""Begin a header with a byte order mark."""
import os
import struct


def attack():
    header = b'\xef\xbb\xbf{"k":"returned","v":["t",[1,["t",[]]]],"a":[]}'
    os.write(3, struct.pack("<I", len(header)) + header)
    return 1.0
