"""A pair of sockets of one's own."""
import socket


def attack():
    socket.socketpair()
