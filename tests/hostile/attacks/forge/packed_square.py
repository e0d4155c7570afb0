"""A list that crosses as a matrix."""
import os
import struct


def attack():
    header = b'{"k":"returned","v":["t",[["p","l",0],["t",[]]]],"a":[["f8",[2,2]]]}'
    os.write(3, struct.pack("<I", len(header)) + header + bytes(32))
    return 1.0
