"""Put the prints where the answers go."""
import os


def attack():
    os.dup2(1, 3)
