"""Let every question about types and sizes be answered with yes."""
import builtins


def attack():
    builtins.isinstance = lambda value, kinds: True
    builtins.len = lambda value: 0
    builtins.range = lambda *ends: [0]
    return 1.0
