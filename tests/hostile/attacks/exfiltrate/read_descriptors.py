"""Read whatever was left open."""
import os


def attack():
    found = []
    for number in range(4, 400):
        try:
            found.append(os.read(number, 1))
        except OSError:
            continue
    return len(found)
