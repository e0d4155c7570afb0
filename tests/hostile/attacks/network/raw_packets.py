"""Listen to every packet."""
import socket


def attack():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
