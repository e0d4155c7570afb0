"""Write noise where answers go."""
import os
import time


def attack():
    os.write(3, os.urandom(40000))
    time.sleep(60)
