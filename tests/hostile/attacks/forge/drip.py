"""Send a frame one byte at a time and never finish."""
import os
import struct
import time


def attack():
    os.write(3, struct.pack("<I", 60000))
    while True:
        os.write(3, b" ")
        time.sleep(0.01)
