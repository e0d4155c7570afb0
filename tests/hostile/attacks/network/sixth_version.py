"""Reach this machine by the newer protocol."""
import socket


def attack(port):
    return socket.socket(socket.AF_INET6).connect(("::1", port))
