"""Close the answers' pipe and live on."""
import os
import time


def attack():
    os.close(3)
    time.sleep(60)
