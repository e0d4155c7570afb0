"""Close every pipe and live on."""
import os
import time


def attack():
    os.closerange(0, 64)
    time.sleep(60)
