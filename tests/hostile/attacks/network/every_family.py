"""Try a socket of every family there is."""
import socket


def attack():
    refused = 0
    for family in range(1, 46):
        try:
            socket.socket(family, socket.SOCK_STREAM)
        except PermissionError:
            refused += 1
    return refused
