"""Ask the kernel about the network."""
import socket


def attack():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
