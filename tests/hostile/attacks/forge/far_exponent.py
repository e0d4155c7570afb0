"""A number whose exponent has thirty digits."""
import os
import struct


def attack():
    header = b'{"k":"returned","v":["t",[["f","0x1p+999999999999999999999999999999"],["t",[]]]],"a":[]}'
    os.write(3, struct.pack("<I", len(header)) + header)
    return 1.0
