"""Reach a service on this machine."""
import socket


def attack(port):
    return socket.create_connection(("127.0.0.1", port), 2).send(b"hello")
