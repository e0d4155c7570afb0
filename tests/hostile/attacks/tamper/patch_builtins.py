"""Take away the functions every program uses."""
import builtins


def attack():
    builtins.len = builtins.isinstance = builtins.tuple = lambda *arguments: 1 / 0
    return 1.0
