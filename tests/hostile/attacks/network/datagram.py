"""Send a datagram to this machine."""
import socket


def attack(port):
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", port))
