"""Reach a service that listens under a name without a file."""
import socket


def attack():
    socket.socket(socket.AF_UNIX).connect("\0service")
